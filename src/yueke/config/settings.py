"""Django's settings, read from the environment once."""

import json
import os
from pathlib import Path

from csp.constants import NONCE

from yueke.kernel import database_url

PACKAGE = Path(__file__).resolve().parent.parent
DATA_FOLDER = database_url.data_folder()

DEBUG = os.environ.get("YUEKE_DEBUG") == "1"
SECRET_KEY = os.environ.get("SECRET_KEY") or database_url.local_secret(DATA_FOLDER)
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "*").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("CSRF_TRUSTED_ORIGINS", "").split(",") if o]
# Behind a proxy that ends TLS, cookies must never travel in the clear.
SECURE_COOKIES = os.environ.get("YUEKE_SECURE_COOKIES") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE_COOKIES else None

INSTALLED_APPS = [
    "yueke.notices",
    "yueke.people",
    "yueke.curriculum",
    "yueke.inventory",
    "yueke.wallet",
    "yueke.booking",
    "yueke.supply",
    "yueke.feeds",
    "yueke.reminders",
    "yueke.portals",
    "ninja",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "yueke.portals.nul.NulMiddleware",
    "yueke.api.middleware.Problems",
    "yueke.portals.refused.RefusedMiddleware",
]

ROOT_URLCONF = "yueke.config.urls"
WSGI_APPLICATION = "yueke.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "portals" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "csp.context_processors.nonce",
            ],
        },
    },
]

DATABASES = {"default": database_url.django_settings(DATA_FOLDER)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_ADAPTER = "yueke.portals.login.ClosedSignup"
ACCOUNT_EMAIL_VERIFICATION = "none"
# How many proxies in front add to X-Forwarded-For; else all logins count as of one address.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("YUEKE_PROXIES") or 0)
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "10/m/ip,5/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
# `optional` suits a demo only.
YUEKE_STAFF_MFA = os.environ.get("YUEKE_STAFF_MFA", "required")
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "portals" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
# Names carry no version: browsers must ask again soon after an upgrade.
WHITENOISE_MAX_AGE = 60

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'", NONCE],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'", "data:"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
        "base-uri": ["'self'"],
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
# Without a server of one's own, mail is kept as files.
EMAIL_BACKEND = os.environ.get("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = DATA_FOLDER / "mail"
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT") or 25)
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS") == "1"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM") or "yueke@localhost"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "web_cache",
    }
}
# Every room keeps its jobs in a module of this name.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# Webhooks go to public addresses only, unless subscribers live in a network of one's own.
YUEKE_WEBHOOKS_MAY_BE_PRIVATE = os.environ.get("YUEKE_WEBHOOKS_MAY_BE_PRIVATE") == "1"
# The same events go to NATS JetStream (nats://…) or RabbitMQ (amqp://…), under this name.
YUEKE_BROKER_URL = os.environ.get("YUEKE_BROKER_URL", "")
YUEKE_BROKER_NAME = os.environ.get("YUEKE_BROKER_NAME") or "yueke"

# SMS go through an HTTP gateway; WeChat by the templates of a service account, as JSON:
# {"soon": {"id": "…", "data": {"thing1": "%(lesson)s", "time2": "%(time)s"}}}.
YUEKE_SMS_URL = os.environ.get("YUEKE_SMS_URL", "")
YUEKE_SMS_TOKEN = os.environ.get("YUEKE_SMS_TOKEN", "")
YUEKE_WECHAT_URL = os.environ.get("YUEKE_WECHAT_URL") or "https://api.weixin.qq.com"
YUEKE_WECHAT_APP_ID = os.environ.get("YUEKE_WECHAT_APP_ID", "")
YUEKE_WECHAT_SECRET = os.environ.get("YUEKE_WECHAT_SECRET", "")
YUEKE_WECHAT_TEMPLATES = json.loads(os.environ.get("YUEKE_WECHAT_TEMPLATES") or "{}")
