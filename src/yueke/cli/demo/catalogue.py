"""The market, what it sells, and the staff who log in."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from yueke.cli.demo.tables import rows
from yueke.curriculum.models import Course, CourseLesson, Price, Product
from yueke.people.models import Market, Staff, User
from yueke.wallet import operations as wallet
from yueke.wallet.models import Account

PASSWORD = "yueke-demo"
_ASSETS = ("credit", "coupon", "stone")
_LEARNERS_PER_PARTNER = 100


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """The ids that rows of the demo company refer to.

    Courses by product code and level, the company's accounts by role and asset, the users of
    the first staff member of each channel, the learning partners, and the logins' password.
    """

    market: int
    products: dict[str, int]
    courses: dict[tuple[str, int], int]
    accounts: dict[tuple[str, str], int]
    users: dict[str, int]
    partners: list[int]
    password: str


def make(*, learners: int) -> Catalogue:
    """Write the market, products, courses, accounts of the company, and staff."""
    market = Market.objects.create(
        code="cn", name_zh="约课中国", name_en="Yueke China", zone="Asia/Shanghai", currency="CNY"
    )
    wallet.open_company_accounts(market_id=market.id)
    products = _products(market)
    password = make_password(PASSWORD)
    staff = _staff(market, password, learners)
    company = Account.objects.filter(market_id=market.id, learner_id=None)
    return Catalogue(
        market=market.id,
        products={code: product.id for code, product in products.items()},
        courses=_courses(market, products),
        accounts={(account.role, account.asset): account.id for account in company},
        users={member.user.username: member.user.id for member in staff},
        partners=[member.id for member in staff if member.channel == "lp"],
        password=password,
    )


def _products(market: Market) -> dict[str, Product]:
    products = {}
    for row in rows("products"):
        products[row["code"]] = product = Product.objects.create(
            market=market,
            code=row["code"],
            name_zh=row["name_zh"],
            name_en=row["name_en"],
            capacity=int(row["capacity"]),
            major_level_needed=int(row["major_level_needed"] or 0) or None,
        )
        Price.objects.bulk_create(
            Price(product=product, asset=asset, amount=int(row[asset]))
            for asset in _ASSETS
            if row[asset]
        )
    return products


def _courses(market: Market, products: dict[str, Product]) -> dict[tuple[str, int], int]:
    courses = {}
    for row in rows("courses"):
        course = Course.objects.create(
            market=market,
            product=products[row["product"]],
            level=int(row["level"]),
            name=row["name"],
        )
        CourseLesson.objects.bulk_create(
            CourseLesson(course=course, number=number, title=f"{row['name']}, Lesson {number}")
            for number in range(1, int(row["lessons"]) + 1)
        )
        courses[row["product"], course.level] = course.id
    return courses


def _staff(market: Market, password: str, learners: int) -> list[Staff]:
    """One login for each channel of staff, and more learning partners without a password."""
    people = [(row["channel"], row["channel"], row["name"], password) for row in rows("staff")]
    for number in range(2, learners // _LEARNERS_PER_PARTNER + 1):
        people.append(("lp", f"lp-{number}", f"LP {number}", "!"))
    users = User.objects.bulk_create(
        User(market=market, username=username, kind=User.Kind.STAFF, password=secret)
        for _, username, _, secret in people
    )
    return Staff.objects.bulk_create(
        Staff(market=market, user=user, name=name, channel=channel)
        for user, (channel, _, name, _) in zip(users, people, strict=True)
    )
