import Diagnostics
import ZoneKit

extension Rule {
  static let srvOwnerName = Rule(
    "srv-owner-name", "SRV record not at _service._proto", .warning, group: .naming,
    rationale: "Clients ask for _service._proto.name; a record elsewhere is never found.",
    reference: "RFC 2782", remedy: "name the owner _service._proto, such as _sip._tcp",
    triggering: ["↓sip IN SRV 0 0 5060 sip.example.net."],
    nonTriggering: [
      "_sip._tcp IN SRV 0 0 5060 sip.example.net.",
      "_minecraft._tcp.play IN SRV 0 0 1 h.example.net.",
    ]
  ) { context, report in
    for srv in context.zone.rrsets(.srv) {
      let labels = srv.owner.labels.drop { $0 == [UInt8(ascii: "*")] }
      let isService =
        labels.count >= 2 && labels.prefix(2).allSatisfy { $0.first == UInt8(ascii: "_") }
      guard !isService else { continue }
      report.add("\(srv.owner) is not of the form _service._proto.name", at: srv.location)
    }
  }

  static let tlsaOwner = Rule(
    "tlsa-owner", "TLSA record not at _port._proto", .warning, group: .naming,
    rationale: "Clients ask for _port._proto.host; a record elsewhere is never found.",
    reference: "RFC 6698 3", remedy: "name the owner _port._proto, such as _25._tcp.mail",
    triggering: [
      "↓mail IN TLSA 3 1 1 \(Example.digest)", "↓_smtp._tcp.mail IN TLSA 3 1 1 \(Example.digest)",
    ],
    nonTriggering: [
      "_25._tcp.mail IN TLSA 3 1 1 \(Example.digest)",
      "*._tcp.mail IN TLSA 3 1 1 \(Example.digest)",
    ]
  ) { context, report in
    for tlsa in context.zone.rrsets(.tlsa) {
      let port = tlsa.owner.label(0) ?? ""
      let transport = tlsa.owner.label(1) ?? ""
      let isPort =
        port == "*" || port.hasPrefix("_") && UInt16(port.dropFirst()) != nil
      guard !isPort || !["_tcp", "_udp", "_sctp"].contains(transport) else { continue }
      report.add("\(tlsa.owner) is not of the form _port._proto.host", at: tlsa.location)
    }
  }

  static let reversePTR = Rule(
    "reverse-ptr", "reverse name that does not spell an address", .info, in: .strict,
    group: .naming,
    rationale: """
      Labels of in-addr.arpa are decimal, those of ip6.arpa single hexadecimal digits. A PTR record \
      at another name is never asked for, unless RFC 2317 leads there.
      """,
    reference: "RFC 1035 3.5, RFC 3596 2.5, RFC 2317",
    remedy: "correct the name, or write the final dot behind the origin",
    triggering: [
      Example(
        """
        $ORIGIN 2.0.192.in-addr.arpa.
        @ IN SOA ns1.example.net. hostmaster.example.com. 1 14400 3600 1209600 900
        ↓host IN PTR host.example.net.
        1 IN PTR one.example.net.
        0-25 IN NS ns1.example.net.
        """, omitting: Example.Part.allCases, also: ["zone-ns-missing"])
    ],
    nonTriggering: ["host IN PTR host.example.net."]
  ) { context, report in
    guard context.apex.isReverse else { return }
    let isIPv6 = context.apex.label(context.apex.labelCount - 2) == "ip6"
    for ptr in context.zone.rrsets(.ptr) {
      let labels = ptr.owner.labels.dropLast(2)
      let isNumber = labels.allSatisfy { label in
        isIPv6
          ? label.count == 1 && label.allSatisfy { Self.isHexDigit($0) }
          : UInt8(String(decoding: label, as: UTF8.self)) != nil
      }
      // Names of RFC 2317 hold a slash or hyphen in one of their labels.
      let isClassless = labels.contains {
        $0.contains(UInt8(ascii: "/")) || $0.contains(UInt8(ascii: "-"))
      }
      guard !isNumber, !isClassless else { continue }
      report.add("\(ptr.owner) does not spell an address", at: ptr.location)
    }
  }

  private static func isHexDigit(_ octet: UInt8) -> Bool {
    Character(Unicode.Scalar(octet)).isHexDigit
  }
}
