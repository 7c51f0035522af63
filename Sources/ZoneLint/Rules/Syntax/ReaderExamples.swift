extension Example {
  /// What the readers of zone files report, shown: for each rule texts that give one finding, and
  /// texts that give none.
  static let ofReader: [String: (triggering: [Example], nonTriggering: [Example])] = [
    "syn-unterminated-quote": (
      [.file(plain + "x IN TXT ↓\"never closed", also: ["syn-no-final-newline"])],
      ["x IN TXT \"closed\""]
    ),
    "syn-unbalanced-paren": (
      ["x IN TXT ↓( \"open\"", "x IN TXT \"closed\" ↓)"],
      ["x IN TXT ( \"one\"\n\"two\" )", "x IN TXT \"( in a string\""]
    ),
    "syn-nested-paren": (
      ["x IN TXT ( \"a\" ↓( \"b\" ) )"], ["x IN TXT ( \"a\" ) ( \"b\" )"]
    ),
    "syn-newline-in-string": (["x IN TXT ↓\"one\ntwo\""], ["x IN TXT ( \"one\"\n\"two\" )"]),
    "syn-unknown-directive": (["↓$TLL 300"], ["$TTL 300"]),
    "syn-directive": (["$TTL ↓soon"], ["$TTL 1h\n$ORIGIN sub.example.com."]),
    "syn-generate": (
      [Example("↓$GENERATE 1-2 host$ A 192.0.2.$", also: ["r53-import-directive"])],
      ["host1 IN A 192.0.2.1"]
    ),
    "syn-generate-range": (
      ["$GENERATE ↓9-1 host$ A 192.0.2.$"],
      [
        Example(
          "$GENERATE 1-9/2 host$ A 192.0.2.$", also: ["syn-generate", "r53-import-directive"])
      ]
    ),
    "syn-include-missing": (["$INCLUDE ↓not-there.inc"], ["; $INCLUDE not-there.inc"]),
    "syn-inherited-owner-after-origin": (
      ["x IN A 192.0.2.1\n$ORIGIN sub.example.com.\n ↓IN TXT \"whose?\""],
      ["x IN A 192.0.2.1\n$ORIGIN sub.example.com.\n@ IN TXT \"whose?\""]
    ),
    "syn-blank-owner-first": (
      [.file(" ↓IN A 192.0.2.1\n" + plain)], [.file(plain + " IN TXT \"of the apex\"\n")]
    ),
    "syn-no-final-newline": (
      [.file(plain + "x IN A 192.0.2.↓1")], [.file(plain + "x IN A 192.0.2.1\n")]
    ),
    "syn-crlf": (
      [.file("; from another system↓\r\n" + plain), "x IN TXT \"a\"↓\rx IN TXT \"b\""], [""]
    ),
    "syn-bom": ([.file("↓\u{FEFF}" + plain)], [.file(plain)]),
    "syn-not-text": (
      [.file("↓\0\0\0\u{2}\0\0\0\u{1}", also: ["zone-soa-missing"])], [.file(plain)]
    ),
    "syn-comment-char": (
      ["↓# old entry", "↓// old entry"], ["; old entry", "x IN TXT \"# text\""]
    ),
    "syn-raw-non-ascii": (["x IN TXT ↓\"caf\u{E9}\""], ["x IN TXT \"caf\\195\\169\" ; caf\u{E9}"]),
    "syn-bad-escape": (["x IN TXT \"↓\\256\"", "x IN TXT \"↓\\25\""], ["x IN TXT \"\\255\\\"\""]),
    "syn-string-too-long": (
      ["x IN TXT ↓\"\(letters(256))\""], ["x IN TXT \"\(letters(255))\" \"\(letters(255))\""]
    ),
    "syn-name-too-long": (
      ["↓two..dots IN A 192.0.2.1", "↓\(letters(64)) IN A 192.0.2.1"],
      ["\(letters(63)) IN A 192.0.2.1"]
    ),
    "syn-quoted-name": (["↓\"x\" IN A 192.0.2.1"], ["x IN A 192.0.2.1"]),
    "syn-ttl-out-of-range": (
      ["x ↓2147483648 IN TXT \"a\""], [Example("x 2147483647 IN TXT \"a\"", also: ["ttl-high"])]
    ),
    "syn-ttl-unit-order": (["x ↓1m1h IN A 192.0.2.1"], ["x 1h1m IN A 192.0.2.1"]),
    "syn-class-mismatch": (["x CH ↓TXT \"version\""], ["x IN TXT \"version\""]),
    "syn-rfc3597-length": (
      ["x IN TYPE65280 \\# ↓3 0102"],
      [Example("x IN TYPE65280 \\# 2 0102", also: ["r53-unsupported-type"])]
    ),
    "syn-meta-type": (["x IN ↓AXFR"], ["x IN A 192.0.2.1"]),
    "syn-extra-rdata": (["x IN A 192.0.2.1 ↓192.0.2.2"], ["x IN A 192.0.2.1 ; 192.0.2.2"]),
    "syn-rdata": (
      [
        "x IN A ↓192.0.2.256", "x IN MX ↓ten mx1.example.net.", "x IN CAA 0 ↓is-sue \"ca.example\"",
      ],
      ["x IN A 192.0.2.255"]
    ),
    "syn-record": (
      ["x IN ↓AAA 2001:db8::1", "x ↓3600x IN A 192.0.2.1"], ["x IN AAAA 2001:db8::1"]
    ),
    "syn-no-origin": (
      [.file("$TTL 300\n↓www IN A 192.0.2.1\n", also: ["zone-soa-missing"])],
      [
        .file(
          "$TTL 300\nwww.example.com. IN A 192.0.2.1\n",
          also: ["zone-soa-missing", "zone-ns-missing"])
      ]
    ),
    "syn-no-default-ttl": (
      [
        .file(
          plain.replacing("$TTL 300\n", with: "").replacing("@ IN SOA", with: "@ 300 IN SOA")
            .replacing("@ IN MX 10", with: "↓@ IN MX 10"))
      ],
      [.file(plain)]
    ),
    "syn-provider-export": (
      [
        .file(";; Domain:     ↓example.com.\n;; Exported:   2026-06-01 09:00:00\n" + plain),
        "x ↓[AGE:3700000] IN A 192.0.2.1",
      ],
      [.file("; Domain: example.com\n" + plain)]
    ),
    "svcb-dup-key": (["x IN HTTPS 1 . port=1 ↓port=2"], ["x IN HTTPS 1 . port=1 alpn=h2"]),
    "svcb-mandatory-missing": (
      ["x IN HTTPS 1 . ↓mandatory=port"], ["x IN HTTPS 1 . mandatory=port port=8443"]
    ),
    "svcb-no-default-alpn": (
      ["x IN HTTPS 1 . ↓no-default-alpn"], ["x IN HTTPS 1 . alpn=h2 no-default-alpn"]
    ),
    "syn-too-many-errors": (
      [.file("↓" + plain + String(repeating: "x IN A y\n", count: 1_100), also: ["syn-rdata"])],
      [.file(plain)]
    ),
  ]

  /// The faultless zone, as a whole file.
  private static let plain = Example("").zoneFile

  private static func letters(_ count: Int) -> String { String(repeating: "a", count: count) }
}
