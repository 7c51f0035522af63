/// A zone that shows a rule at work.
///
/// The text is put behind the records of a complete, faultless zone `example.com.`, some of which
/// may be left out. `↓` stands directly before the place that the finding points to; without it
/// the finding points to the SOA record, or has no place where there is none.
public struct Example: Sendable, ExpressibleByStringInterpolation {
  /// Records behind those of the faultless zone.
  public let text: String
  /// Records of the faultless zone that are left out.
  public let omitted: [Part]
  /// Other rules that must find something too, since one fault is seldom alone.
  public let companions: [String]
  /// Names that the configuration declares to be web sites.
  public let webNames: [String]
  /// When the zone is linted.
  public let phase: LintConfiguration.Phase
  /// Whether the text is a whole file, behind no other records.
  public let isWholeFile: Bool
  /// What the network answers, in the form of `ExampleAnswers`; nil: it is not asked.
  public let answers: String?

  /// A part of the faultless zone.
  public enum Part: String, CaseIterable, Sendable {
    case soa = "@ IN SOA ns1.example.net. hostmaster.example.com. 1 14400 3600 1209600 900"
    case ns1 = "@ 86400 IN NS ns1.example.net."
    case ns2 = "@ 86400 IN NS ns2.example.net."
    case mx1 = "@ IN MX 10 mx1.example.net."
    case mx2 = "@ IN MX 20 mx2.example.net."
    case spf = "@ IN TXT \"v=spf1 include:_spf.example.net -all\""
    case dmarc = "_dmarc IN TXT \"v=DMARC1; p=reject; rua=mailto:dmarc@example.com\""
    case caaIssue = "@ IN CAA 0 issue \"amazon.com\""
    case caaWild = "@ IN CAA 0 issuewild \";\""
    case tlsRPT = "_smtp._tls IN TXT \"v=TLSRPTv1; rua=mailto:tls@example.com\""
    case mtaSTS = "_mta-sts IN TXT \"v=STSv1; id=20260101\""
    case mtaSTSHost = "mta-sts IN A 192.0.2.1"

    /// What makes the zone one that takes mail.
    public static let mail: [Part] = [.mx1, .mx2, .tlsRPT, .mtaSTS, .mtaSTSHost]
  }

  /// An example.
  init(
    _ text: String, omitting omitted: [Part] = [], also companions: [String] = [],
    webNames: [String] = [], phase: LintConfiguration.Phase = .normal, isWholeFile: Bool = false,
    answers: String? = nil
  ) {
    self.text = text
    self.omitted = omitted
    self.companions = companions
    self.webNames = webNames
    self.phase = phase
    self.isWholeFile = isWholeFile
    self.answers = answers
  }

  /// An example that is a whole file.
  static func file(_ text: String, also companions: [String] = []) -> Example {
    Example(text, also: companions, isWholeFile: true)
  }

  /// An example that leaves nothing out.
  public init(stringLiteral text: String) { self.init(text) }

  /// A SHA-256 digest in hexadecimal for DS records; of nothing in particular.
  static let digest = String(repeating: "5A", count: 32)

  /// The whole zone file, still with its mark.
  public var marked: String {
    if isWholeFile { return text }
    let parts = Part.allCases.filter { !omitted.contains($0) }.map(\.rawValue)
    return (["$ORIGIN example.com.", "$TTL 300"] + parts + [text, ""]).joined(separator: "\n")
  }

  /// The zone file without the mark.
  public var zoneFile: String { marked.replacing("↓", with: "") }
}
