"""What others build with: the workflow, and the application of macOS."""

from __future__ import annotations

import plistlib
import re
from pathlib import Path

import mac

from app import __version__
from widgets import application

ROOT = Path(__file__).parent.parent.parent
WORKFLOW = (ROOT / ".github" / "workflows" / "packages.yml").read_text(encoding="utf-8")


def test_every_action_is_pinned_to_one_version() -> None:
    told = "".join(file.read_text(encoding="utf-8") for file in (ROOT / ".github" / "workflows").glob("*.yml"))
    used = re.findall(r"uses: (\S+)", told)
    assert used and all(re.fullmatch(r"[\w/-]+@v\d+\.\d+\.\d+", action) for action in used)


def test_every_system_tests_builds_and_uploads() -> None:
    runners = re.findall(r"runner: ([\w.-]+)", WORKFLOW)
    assert "ubuntu-22.04" in runners and len([name for name in runners if name.startswith("macos")]) == 2
    assert any(name.startswith("windows") for name in runners)
    for step in ("python dev.py test", "python dev.py package", "packaging/smoke.py", "SHA256SUMS", "upload-artifact"):
        assert step in WORKFLOW


def test_known_vulnerabilities_are_asked_for_where_there_is_a_network_and_nowhere_else() -> None:
    audit = (ROOT / ".github" / "workflows" / "audit.yml").read_text(encoding="utf-8")
    assert "pip_audit --require-hashes" in audit and "requirements.lock packaging/requirements.lock" in audit
    assert "audit" not in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_signing_without_a_certificate_is_no_failure() -> None:
    assert "if (-not $env:CERTIFICATE)" in WORKFLOW
    signing = (ROOT / "packaging" / "macos" / "sign.sh").read_text(encoding="utf-8")
    assert signing.index('if [ -z "${CERTIFICATE:-}"') < signing.index("exit 0") < signing.index("codesign --force")


def test_macos_opens_projects_with_it_and_articles_if_asked() -> None:
    told = mac.property_list(__version__)
    assert mac.IDENTIFIER == application.APPLICATION_ID
    (exported,) = told["UTExportedTypeDeclarations"]
    assert exported["UTTypeTagSpecification"]["public.filename-extension"] == ["hashiya"]
    owned, article = told["CFBundleDocumentTypes"]
    assert owned["LSItemContentTypes"] == [exported["UTTypeIdentifier"]] and owned["LSHandlerRank"] == "Owner"
    assert article["LSHandlerRank"] == "Alternate"
    assert set(told["CFBundleLocalizations"]) == {"ar", "en"}
    assert plistlib.loads(plistlib.dumps(told)) == told


def test_the_entitlements_are_a_property_list() -> None:
    told = plistlib.loads((ROOT / "packaging" / "macos" / "entitlements.plist").read_bytes())
    assert all(key.startswith("com.apple.security.cs.") for key in told)
