"""Checks the Kubernetes and Compose files against their schemas: `python deploy/schemas.py`.

Two packages ship the schemas, and one of them takes 108 MB, so that they are installed into a folder that is gone
afterwards, in exact versions, and not with the tests.
"""

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
PACKAGES = ("kubernetes-validate==1.37.0", "compose-spec==0.2.1")
COMPOSE = """
import sys
from pathlib import Path
from compose_spec import PyCompose

for path in sys.argv[1:]:
    PyCompose.from_yaml(Path(path).read_text(encoding="utf-8")).validate()
    print(f"{Path(path).name} is a Compose file")
"""


def main() -> int:
    """Install, check both, and return 0 where nothing is wrong."""
    with tempfile.TemporaryDirectory(prefix="legpress-schemas-") as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / "bin" / "python"
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
        checks: tuple[list[str | Path], ...] = (
            [python.with_name("kubernetes-validate"), "--strict", *sorted(HERE.glob("kubernetes*.yaml"))],
            [python, "-c", COMPOSE, *sorted(HERE.glob("compose*.yaml"))],
        )
        return max(subprocess.run(check, check=False).returncode for check in checks)


if __name__ == "__main__":
    sys.exit(main())
