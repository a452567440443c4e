"""The five forces of the sample: what is planted in each one's extract, and the files it comes in."""

from dataclasses import dataclass

FIRST_MONTH = "2023-04"
LAST_MONTH = "2026-03"
USUAL_DAY = "%d/%m/%Y"


@dataclass(frozen=True)
class Delivery:
    """One file of an extract: its months and how it is written; `headings` is a column of headings.csv."""

    from_month: str = FIRST_MONTH
    to_month: str = LAST_MONTH
    headings: str = "usual"
    form: str = "csv.gz"
    day_form: str = USUAL_DAY
    encoding: str = "utf-8"
    line_end: str = "\n"


@dataclass(frozen=True)
class Restatement:
    """Months that a force hands in once more, and how many rows of each it adds, takes back and changes."""

    months: tuple[str, ...]
    added: tuple[int, ...]
    vanished: tuple[int, ...]
    changed: tuple[int, ...]
    received_on: str


@dataclass(frozen=True)
class Force:
    """A simulated supplier and what is planted in its extract."""

    name: str
    code: str
    slug: str
    seed: int
    city_code: str
    rates_of: str = ""
    """The column of offence_mix.csv its rates are taken from; empty for its own."""
    rate_share: float = 1.0
    missing_month: str = ""
    half_month: str = ""
    half_month_last_day: int = 14
    classification_until: str = ""
    """Last month whose rows carry a Home Office classification; empty where none do."""
    step_from: str = ""
    step_ratio: float = 1.0
    spot_near: tuple[float, float] | None = None
    """Easting and northing in metres; the nearest neighbourhood of the city is the harm spot."""
    spot_ratio: float = 1.0
    unknown_code: str = ""
    unknown_rows: int = 0
    cancelled_rows: int = 3
    equal_pairs: int = 0
    historic_rows: int = 0
    """Sexual offences recorded in 2024-25 whose event ended more than a year before."""
    restatement: Restatement | None = None
    deliveries: tuple[Delivery, ...] = (Delivery(),)

    @property
    def supplier_id(self) -> str:
        """Its id in vrin_data/reference/suppliers.csv."""
        return f"{self.slug}-police"


LEICESTERSHIRE = Force(
    name="Leicestershire Police",
    code="E23000021",
    slug="leicestershire",
    seed=2_023_021,
    city_code="E06000016",
    half_month="2024-08",
    classification_until="2025-09",
    spot_near=(458_850.0, 304_450.0),
    spot_ratio=8.0,
    unknown_code="999/99",
    unknown_rows=5,
    equal_pairs=2,
)
NOTTINGHAMSHIRE = Force(
    name="Nottinghamshire Police",
    code="E23000019",
    slug="nottinghamshire",
    seed=2_023_019,
    city_code="E06000018",
    missing_month="2025-11",
    step_from="2025-04",
    step_ratio=1.30,
    unknown_code="99Z",
    unknown_rows=2,
    equal_pairs=1,
)
DERBYSHIRE = Force(
    name="Derbyshire Constabulary",
    code="E23000018",
    slug="derbyshire",
    seed=2_023_018,
    city_code="E06000015",
    rates_of="nottinghamshire",
    rate_share=0.2,
    classification_until=LAST_MONTH,
    cancelled_rows=1,
    restatement=Restatement(
        months=("2025-06", "2025-07", "2025-08"),
        added=(6, 5, 4),
        vanished=(3, 2, 1),
        changed=(10, 8, 6),
        received_on="2025-12-10",
    ),
    deliveries=(Delivery(headings="derbyshire", day_form="%Y-%m-%d"),),
)
LINCOLNSHIRE = Force(
    name="Lincolnshire Police",
    code="E23000020",
    slug="lincolnshire",
    seed=2_023_020,
    city_code="E07000138",
    rates_of="leicestershire",
    rate_share=0.2,
    classification_until=LAST_MONTH,
    cancelled_rows=1,
    deliveries=(
        Delivery(to_month="2024-12", headings="lincolnshire"),
        Delivery(from_month="2025-01", headings="lincolnshire_2025", day_form="%d-%b-%Y"),
    ),
)
NORTHAMPTONSHIRE = Force(
    name="Northamptonshire Police",
    code="E23000022",
    slug="northamptonshire",
    seed=2_023_022,
    city_code="E06000062",
    rates_of="leicestershire",
    rate_share=0.2,
    classification_until=LAST_MONTH,
    cancelled_rows=1,
    historic_rows=36,
    deliveries=(
        Delivery(to_month="2026-02", headings="northamptonshire", encoding="utf-8-sig", line_end="\r\n"),
        Delivery(from_month="2026-03", headings="northamptonshire", form="xlsx"),
    ),
)
FORCES = (LEICESTERSHIRE, NOTTINGHAMSHIRE, DERBYSHIRE, LINCOLNSHIRE, NORTHAMPTONSHIRE)
