"""The first tables of the room."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                ("username", models.CharField(max_length=150, unique=True)),
                ("email", models.EmailField(blank=True, max_length=254)),
                (
                    "kind",
                    models.TextField(
                        choices=[("family", "Family"), ("teacher", "Teacher"), ("staff", "Staff")]
                    ),
                ),
                ("language", models.TextField(default="zh-hans")),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={
                "db_table": "user_login",
            },
        ),
        migrations.CreateModel(
            name="Market",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(unique=True)),
                ("name_zh", models.TextField()),
                ("name_en", models.TextField()),
                ("zone", models.TextField(default="Asia/Shanghai")),
                ("currency", models.CharField(default="CNY", max_length=3)),
            ],
            options={
                "db_table": "market",
            },
        ),
        migrations.CreateModel(
            name="Family",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.TextField()),
                ("phone", models.TextField(blank=True)),
                (
                    "user",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="family",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "market",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="people.market"
                    ),
                ),
            ],
            options={
                "db_table": "family",
            },
        ),
        migrations.AddField(
            model_name="user",
            name="market",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="people.market"
            ),
        ),
        migrations.CreateModel(
            name="Staff",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.TextField()),
                ("channel", models.TextField()),
                (
                    "market",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="people.market"
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="staff",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "staff",
            },
        ),
        migrations.CreateModel(
            name="Learner",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.TextField()),
                ("english_name", models.TextField(blank=True)),
                ("pinyin", models.TextField(blank=True)),
                (
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="learners",
                        to="people.family",
                    ),
                ),
                (
                    "market",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="people.market"
                    ),
                ),
                (
                    "class_teacher",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="learners",
                        to="people.staff",
                    ),
                ),
            ],
            options={
                "db_table": "learner",
            },
        ),
        migrations.CreateModel(
            name="Teacher",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.TextField()),
                ("zone", models.TextField(default="Asia/Shanghai")),
                ("rating", models.SmallIntegerField(default=0)),
                (
                    "skills",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                (
                    "tags",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                ("calendar_token", models.TextField(null=True, unique=True)),
                (
                    "market",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="people.market"
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="teacher",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "teacher",
            },
        ),
        migrations.CreateModel(
            name="ApiKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("channel", models.TextField()),
                ("name", models.TextField(blank=True)),
                ("hash", models.BinaryField(unique=True)),
                ("hint", models.CharField(max_length=8)),
                ("requests_per_minute", models.IntegerField(default=6000)),
                ("created_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "family",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to="people.family"
                    ),
                ),
                (
                    "market",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="people.market"
                    ),
                ),
                (
                    "teacher",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to="people.teacher"
                    ),
                ),
            ],
            options={
                "db_table": "api_key",
            },
        ),
        migrations.AddConstraint(
            model_name="family",
            constraint=models.UniqueConstraint(
                models.F("market"),
                models.F("phone"),
                condition=models.Q(("phone", ""), _negated=True),
                name="family_one_per_phone",
            ),
        ),
        migrations.AddIndex(
            model_name="learner",
            index=models.Index(models.F("market"), models.F("name"), name="learner_by_name"),
        ),
        migrations.AddIndex(
            model_name="teacher",
            index=models.Index(models.F("market"), models.F("name"), name="teacher_by_name"),
        ),
        migrations.AddConstraint(
            model_name="teacher",
            constraint=models.CheckConstraint(
                condition=models.Q(("rating__range", (0, 500))), name="teacher_rating_in_range"
            ),
        ),
    ]
