"""The demo company at its default size is the seed's company of 2018-11-05."""

from collections.abc import Callable

import pytest
from django.contrib.auth.hashers import check_password

from tests.demo.conftest import Ground
from yueke.cli.demo.catalogue import PASSWORD
from yueke.people.channels import channels

ALIAS = "f.phone LIKE '+86 %'"
IN_FOURS = """EXISTS (SELECT FROM learning_progress g JOIN product p ON p.id = g.product_id
                      WHERE g.learner_id = l.id AND p.code = 'major4')"""
LEARNERS = "FROM learner l JOIN family f ON f.id = l.family_id"
THIS_WEEK = """date_trunc('week', now()) <= starts_at
               AND starts_at < date_trunc('week', now()) + interval '7 days'"""
# Teachers of open classes teach no course, and are beside the seed's two groups.
TEACHES_COURSES = "t.skills <> '{}'"
TEACHES_FOURS = "'major4' = ANY(SELECT split_part(skill, ':', 1) FROM unnest(t.skills) skill)"


@pytest.fixture(scope="module")
def demo(new_ground: Callable[[], Ground]) -> Ground:
    """Return a database with the demo company in it."""
    ground = new_ground()
    loaded = ground.yueke("demo")
    assert loaded.returncode == 0, loaded.stderr
    return ground


def test_525_learners_have_lessons_alone_and_1607_in_fours(demo: Ground) -> None:
    alone = f"SELECT count(*) {LEARNERS} WHERE NOT {ALIAS} AND NOT {IN_FOURS}"
    in_fours = f"SELECT count(*) {LEARNERS} WHERE NOT {ALIAS} AND {IN_FOURS}"
    assert (demo.one(alone), demo.one(in_fours)) == (525, 1607)


def test_batches_stand_where_the_table_of_progress_says(demo: Ground) -> None:
    rows = demo.rows(
        f"""SELECT g.next_number - 1, count(*) {LEARNERS}
            JOIN learning_progress g ON g.learner_id = l.id
            JOIN product p ON p.id = g.product_id AND p.code = 'major4'
            WHERE NOT {ALIAS} GROUP BY 1"""
    )
    assert dict(rows) == {0: 30, 28: 786, 15: 99, 32: 113, 30: 173, 2: 254, 46: 152}


def test_1551_have_credits_left_in_the_classes_of_the_table(demo: Ground) -> None:
    rows = demo.rows(
        f"""SELECT width_bucket(least_, ARRAY[1, 21, 32, 86]), count(*)
            FROM (SELECT sum(a.balance) AS least_ {LEARNERS}
                  JOIN account a ON a.learner_id = l.id AND a.asset = 'credit'
                  WHERE NOT {ALIAS} AND {IN_FOURS} GROUP BY l.id) left_
            WHERE least_ > 0 GROUP BY 1"""
    )
    assert dict(rows) == {1: 348, 2: 462, 3: 616, 4: 125}
    assert sum(count for _, count in rows) == 1551


def test_500_alias_accounts_double_a_family_in_fours(demo: Ground) -> None:
    doubled = f"""SELECT count(*) {LEARNERS}
        JOIN family g ON g.name = f.name
            AND g.phone = regexp_replace(f.phone, '\\D|^\\+86', '', 'g')
        JOIN learner k ON k.family_id = g.id AND k.name = l.name
        WHERE {ALIAS} AND {IN_FOURS}"""
    assert demo.one(f"SELECT count(*) {LEARNERS} WHERE {ALIAS}") == 500
    assert demo.one(doubled) == 500


def test_teachers_offer_and_fill_as_many_slots_this_week_as_the_seed_says(demo: Ground) -> None:
    rows = demo.rows(
        f"""SELECT {TEACHES_FOURS}, count(DISTINCT t.id), count(*),
                   count(*) FILTER (WHERE s.state = 'booked')
            FROM teacher t JOIN slot s ON s.teacher_id = t.id
            WHERE {THIS_WEEK} AND {TEACHES_COURSES} GROUP BY 1"""
    )
    assert {fours: rest for fours, *rest in rows} == {
        False: [76, 1615, 940],
        True: [481, 7642, 2079],
    }
    assert round(940 / 1615, 3) == 0.582
    assert round(2079 / 7642, 3) == 0.272


def test_time_is_offered_from_last_week_to_four_weeks_ahead(demo: Ground) -> None:
    rows = demo.rows(
        f"""SELECT extract(epoch FROM date_trunc('week', starts_at) - date_trunc('week', now()))
                   / 604800, count(*) FROM slot s JOIN teacher t ON t.id = s.teacher_id
            WHERE {TEACHES_COURSES} GROUP BY 1 ORDER BY 1"""
    )
    assert [(int(week), count) for week, count in rows] == [(week, 9257) for week in range(-1, 5)]


def test_evenings_in_beijing_are_fullest(demo: Ground) -> None:
    rows = demo.rows(
        """SELECT extract(hour FROM starts_at)::int FROM slot WHERE state = 'booked'
           GROUP BY 1 ORDER BY count(*) DESC LIMIT 4"""
    )
    assert {hour for (hour,) in rows} == {18, 19, 20, 21}


def test_teachers_keep_to_the_clock_on_their_own_wall(demo: Ground) -> None:
    broken = demo.one(
        f"""SELECT count(*) FROM (
               SELECT count(*), count(DISTINCT (extract(isodow FROM wall), wall::time)) AS hours
               FROM (SELECT s.teacher_id, s.starts_at AT TIME ZONE t.zone AS wall
                     FROM slot s JOIN teacher t ON t.id = s.teacher_id
                     WHERE {TEACHES_COURSES}) slots
               GROUP BY teacher_id) week WHERE week.count <> 6 * week.hours"""
    )
    assert broken == 0
    american = demo.one("SELECT avg((zone LIKE 'America/%')::int) FROM teacher")
    assert 0.25 < american < 0.5


def test_learners_sit_in_lessons_of_their_level_with_teachers_who_teach_it(demo: Ground) -> None:
    wrong = demo.one(
        """SELECT count(*) FROM seat s
           JOIN lesson l ON l.id = s.lesson_id JOIN teacher t ON t.id = l.teacher_id
           JOIN product p ON p.id = l.product_id JOIN course c ON c.id = l.course_id
           LEFT JOIN learning_progress g ON g.learner_id = s.learner_id
                AND g.product_id = l.product_id AND g.course_id = l.course_id
           WHERE g.id IS NULL OR NOT format('%s:%s', p.code, c.level) = ANY(t.skills)"""
    )
    assert wrong == 0
    # An open class has no course, and waits for learners with its seats empty.
    seats = demo.rows(
        """SELECT p.code, min(seats_taken), max(seats_taken), max(l.capacity) FROM lesson l
           JOIN product p ON p.id = l.product_id
           WHERE l.state = 'booked' AND p.code <> 'open' GROUP BY 1 ORDER BY 1"""
    )
    assert seats == [("major", 1, 1, 1), ("major4", 1, 4, 4), ("trial", 1, 1, 1)]


def test_open_classes_have_teachers_of_their_own_by_day_and_one_is_full(demo: Ground) -> None:
    classes = demo.rows(
        f"""SELECT l.starts_at > now(), c.published_at IS NOT NULL, seats_taken = l.capacity
            FROM open_class c JOIN lesson l ON l.id = c.lesson_id
            JOIN teacher t ON t.id = l.teacher_id
            WHERE l.course_id IS NULL AND NOT {TEACHES_COURSES}
                AND extract(hour FROM l.starts_at AT TIME ZONE t.zone) BETWEEN 6 AND 22
            ORDER BY l.starts_at"""
    )
    assert classes == [
        (False, True, False),
        (True, True, False),
        (True, True, True),
        (True, True, False),
        (True, False, False),
    ]


def test_every_learner_can_book_the_major_course(demo: Ground) -> None:
    without = f"""SELECT count(*) {LEARNERS} WHERE NOT EXISTS (
        SELECT FROM learning_progress g JOIN product p ON p.id = g.product_id
        WHERE g.learner_id = l.id AND p.code = 'major')"""
    assert demo.one(without) == 0


def test_wallets_hold_coupons_of_every_sort_and_stones(demo: Ground) -> None:
    sorts = demo.rows(
        """SELECT DISTINCT coalesce(p.code, 'any'), a.expires_at > now() FROM account a
           LEFT JOIN product p ON p.id = a.product_id WHERE a.asset = 'coupon' AND a.role = 'lot'"""
    )
    assert set(sorts) >= {("any", True), ("major", True), ("special", True), ("major", False)}
    assert demo.one("SELECT count(*) FROM account WHERE asset = 'stone' AND balance > 0") > 500


def test_consultants_and_telemarketing_have_booked_trials_for_today_while_it_lasts(
    demo: Ground,
) -> None:
    today = "(now() AT TIME ZONE 'Asia/Shanghai')::date"
    booked = demo.rows(
        f"""SELECT e.channel, count(*), count(l.teacher_id) FROM seat s
            JOIN event e ON e.id = s.id JOIN lesson l ON l.id = s.lesson_id
            JOIN product p ON p.id = l.product_id AND p.code = 'trial'
            WHERE s.state = 'live' AND (l.starts_at AT TIME ZONE 'Asia/Shanghai')::date = {today}
            GROUP BY 1 ORDER BY 1"""
    )
    hours_left = demo.one("SELECT 24 - extract(hour FROM now() AT TIME ZONE 'Asia/Shanghai')")
    if hours_left > 4:
        assert booked == [("cc", 3, 3), ("tmk", 3, 3)]
    else:
        assert all(count == taught <= 3 for _, count, taught in booked)


def test_the_parent_has_two_learners_means_and_lessons_ahead(demo: Ground) -> None:
    mine = """learner_id IN (SELECT l.id FROM learner l JOIN family f ON f.id = l.family_id
              JOIN user_login u ON u.id = f.user_id WHERE u.username = 'parent')"""
    assert demo.one(f"SELECT count(DISTINCT learner_id) FROM account WHERE {mine}") == 2
    for asset, least in (("credit", 80), ("coupon", 2), ("stone", 30)):
        owned = f"SELECT sum(balance) FROM account WHERE asset = '{asset}' AND {mine}"
        assert demo.one(owned) >= least
    ahead = f"SELECT count(*) FROM seat WHERE state = 'live' AND starts_at > now() AND {mine}"
    assert demo.one(ahead) >= 2
    assert demo.one(f"SELECT count(*) FROM seat WHERE state = 'cancelled' AND {mine}") == 1


def test_there_is_a_login_for_a_parent_a_teacher_and_every_kind_of_staff(demo: Ground) -> None:
    having = "SELECT username, password FROM user_login WHERE password NOT LIKE '!%'"
    logins: dict[str, str] = dict(demo.rows(having))
    staff = {code for code, channel in channels().items() if channel.side == "staff"}
    assert set(logins) == {"parent", "teacher", "system"} | staff
    assert all(check_password(PASSWORD, password) for password in set(logins.values()))
    told = demo.yueke("demo", "--logins").stdout
    assert PASSWORD in told
    assert all(login in told for login in logins)


def test_no_law_is_broken(demo: Ground) -> None:
    verified = demo.yueke("verify")
    assert verified.returncode == 0, verified.stdout


def test_events_stand_in_the_order_of_time(demo: Ground) -> None:
    backwards = """SELECT count(*) FROM (SELECT at, lag(at) OVER (ORDER BY id) AS before
                   FROM event) e WHERE at < before - interval '1 day'"""
    assert demo.one(backwards) == 0
    assert demo.one("SELECT count(*) FROM event WHERE at > now()") == 0


def test_a_second_load_changes_nothing(demo: Ground) -> None:
    before = demo.one("SELECT count(*) FROM event")
    for arguments in (["demo", "--seed", "7"], ["demo", "--if-empty"]):
        assert demo.yueke(*arguments).returncode == 0
    assert demo.one("SELECT count(*) FROM event") == before


def test_slots_tell_what_their_teachers_can_do(demo: Ground) -> None:
    differing = """SELECT count(*) FROM slot s JOIN teacher t ON t.id = s.teacher_id
                   WHERE s.abilities <> abilities_of(t.skills, t.tags)"""
    assert demo.one(differing) == 0
    assert demo.one("SELECT count(*) FROM slot WHERE abilities <> 0") > 0


def test_marketing_and_telemarketing_have_begun_their_day(demo: Ground) -> None:
    assert demo.one("SELECT count(*) FROM campaign WHERE granted <= budget") == 2
    assert demo.one("SELECT count(*) FROM coupon_code WHERE redeemed_at IS NULL") == 50
    trials = "JOIN product p ON p.id = l.product_id WHERE p.code = 'trial'"
    assert demo.one(f"SELECT count(*) FROM lesson l {trials}") > 0
