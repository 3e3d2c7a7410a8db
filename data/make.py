"""Makes the data files of this folder from the files that scikit-learn contains.

    python3 data/make.py FOLDER   # FOLDER: sklearn/datasets/data of an unpacked scikit-learn

The values are those of the originals; what changes is written in LICENCES.md.
"""

import gzip
import hashlib
import sys
from pathlib import Path

SUMS = {
    "digits.csv.gz": "09f66e6debdee2cd2b5ae59e0d6abbb73fc2b0e0185d2e1957e9ebb51e23aa22",
    "iris.csv": "f13ffa8fdd56fd8e6c8d16d4081a3fbd3114bcd0aae4256c43205169cd9d1449",
    "wine_data.csv": "10e8a802908b34f86e5da8ce962f3c806694bc98450a18f61851af59f324bede",
    "breast_cancer.csv": "fed3eb72d0575ef6192293f5093c6e801b1476b577d0386bf4455504522172ed",
}
CELLS = ["radius", "texture", "perimeter", "area", "smoothness", "compactness", "concavity", "concave points", "symmetry", "fractal dimension"]
FEATURES = {
    "iris.csv": ["sepal length", "sepal width", "petal length", "petal width"],
    "wine_data.csv": [
        "alcohol", "malic acid", "ash", "alcalinity of ash", "magnesium", "total phenols", "flavanoids", "nonflavanoid phenols",
        "proanthocyanins", "color intensity", "hue", "od280/od315", "proline",
    ],
    "breast_cancer.csv": [f"{kind} {cell}" for kind in ("mean", "error of", "worst") for cell in CELLS],
}  # fmt: skip
NAMES = {"iris.csv": "iris.csv", "wine_data.csv": "wine.csv", "breast_cancer.csv": "breast-cancer.csv"}
target = Path(__file__).parent


def original(folder: Path, name: str) -> bytes:
    data = (folder / name).read_bytes()
    seen = hashlib.sha256(data).hexdigest()
    if seen != SUMS[name]:
        sys.exit(f"{name} has the SHA-256 {seen}, not {SUMS[name]}")
    return data


def idx(shape: list[int], values: bytes) -> bytes:
    header = bytes([0, 0, 8, len(shape)]) + b"".join(n.to_bytes(4, "big") for n in shape)
    return gzip.compress(header + values, mtime=0)


def main(folder: Path) -> None:
    for name, features in FEATURES.items():
        _, *rows = original(folder, name).decode().splitlines()
        (target / NAMES[name]).write_text("\n".join([",".join([*features, "label"]), *rows]) + "\n")
    rows = [[int(float(cell)) for cell in line.split(b",")] for line in gzip.decompress(original(folder, "digits.csv.gz")).splitlines()]
    (target / "digits-images-idx3-ubyte.gz").write_bytes(idx([len(rows), 8, 8], bytes(cell for row in rows for cell in row[:64])))
    (target / "digits-labels-idx1-ubyte.gz").write_bytes(idx([len(rows)], bytes(row[64] for row in rows)))


main(Path(sys.argv[1]))
