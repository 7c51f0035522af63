import Diagnostics
import Propagation
import ZoneKit

/// What every page holds, whatever its plan: one style sheet and one script, named by their digests
/// in the page's Content-Security-Policy.
enum PageAssets {
  /// The style sheet.
  static let style = text(PackageResources.page_css)

  /// The script: its files one after the other.
  static let script = [
    PackageResources.clock_js, PackageResources.run_js, PackageResources.timeline_js,
    PackageResources.transfer_js, PackageResources.controls_js,
  ].map(text).joined(separator: "\n")

  /// The policy: nothing is fetched, sent or framed, and no style or script runs but these and the
  /// chart's.
  static let policy = [
    "default-src 'none'", "script-src \(source(script))",
    "style-src \(source(style)) \(source(Schedule.chartStyle))", "base-uri 'none'",
    "form-action 'none'",
  ].joined(separator: "; ")

  /// A hash source (Content Security Policy Level 3, section 2.3.1).
  private static func source(_ text: String) -> String {
    var hash = SHA256()
    hash.update(text.utf8.span)
    var base64: [UInt8] = []
    Encoding.appendBase64(hash.digest()[...], to: &base64)
    return "'sha256-" + String(decoding: base64, as: UTF8.self) + "'"
  }

  private static func text(_ octets: [UInt8]) -> String { String(decoding: octets, as: UTF8.self) }
}
