#!/usr/bin/env bash
# Signs and notarises what `dev.py package` made on macOS; without a certificate it says so and leaves all as it is.
set -euo pipefail
cd "$(dirname "$0")/../.."

if [ -z "${CERTIFICATE:-}" ] || [ -z "${IDENTITY:-}" ]; then
    echo "No certificate: not signed."
    exit 0
fi

keychain=$(mktemp -d)/signing.keychain-db
secret=$(openssl rand -hex 16)
trap 'security delete-keychain "$keychain"' EXIT
security create-keychain -p "$secret" "$keychain"
security unlock-keychain -p "$secret" "$keychain"
printf %s "$CERTIFICATE" | base64 --decode >"$keychain.p12"
security import "$keychain.p12" -k "$keychain" -P "${PASSWORD:-}" -T /usr/bin/codesign
rm "$keychain.p12"
security set-key-partition-list -S apple-tool:,apple: -s -k "$secret" "$keychain" >/dev/null
security list-keychains -d user -s "$keychain" login.keychain-db

app=dist/Hashiya.app
sign=(codesign --force --timestamp --options runtime --sign "$IDENTITY" --keychain "$keychain")
find "$app/Contents" -type f \( -name '*.so' -o -name '*.dylib' -o -perm -u+x \) -print0 | xargs -0 "${sign[@]}"
"${sign[@]}" --entitlements packaging/macos/entitlements.plist "$app"
python packaging/smoke.py "$app/Contents/MacOS/hashiya"

python packaging/package.py installer # the image anew, of what is signed now
image=$(ls dist/*.dmg)
"${sign[@]}" "$image"
if [ -n "${APPLE_ID:-}" ]; then
    xcrun notarytool submit "$image" --apple-id "$APPLE_ID" --password "${APPLE_PASSWORD:-}" --team-id "${TEAM:-}" --wait
    xcrun stapler staple "$image"
fi
