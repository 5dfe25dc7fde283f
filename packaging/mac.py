"""What macOS is told of the application: which files are its own, and that it draws Arabic and English."""

from __future__ import annotations

from typing import Any, Final

IDENTIFIER: Final = "app.hashiya.Hashiya"
_PROJECT: Final = "app.hashiya.project"


def property_list(version: str) -> dict[str, Any]:
    """The keys of Info.plist beside those that PyInstaller writes."""
    return {
        "CFBundleDisplayName": "Hashiya",
        "CFBundleShortVersionString": version,
        "CFBundleDevelopmentRegion": "en",
        "CFBundleLocalizations": ["ar", "en"],
        "LSApplicationCategoryType": "public.app-category.productivity",
        "LSMinimumSystemVersion": "13.0",
        "NSHighResolutionCapable": True,
        "NSRequiresAquaSystemAppearance": False,
        "NSHumanReadableCopyright": "© The Hashiya authors, MIT licence",
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": "Hashiya project",
                "CFBundleTypeRole": "Editor",
                "CFBundleTypeIconFile": "hashiya-document.icns",
                "LSHandlerRank": "Owner",
                "LSItemContentTypes": [_PROJECT],
            },
            {
                "CFBundleTypeName": "Article",
                "CFBundleTypeRole": "Viewer",
                "LSHandlerRank": "Alternate",
                "LSItemContentTypes": ["public.plain-text"],
            },
        ],
        "UTExportedTypeDeclarations": [
            {
                "UTTypeIdentifier": _PROJECT,
                "UTTypeDescription": "Hashiya project",
                "UTTypeConformsTo": ["public.data", "public.database"],
                "UTTypeIconFile": "hashiya-document.icns",
                "UTTypeTagSpecification": {
                    "public.filename-extension": ["hashiya"],
                    "public.mime-type": ["application/x-hashiya-project"],
                },
            }
        ],
    }
