import Diagnostics

extension Rule {
  /// What the reader of zone files reports while reading, explained.
  static let readerRules: [Rule] = [
    reader(
      "syn-unterminated-quote", "quotation mark that is never closed", .error, "RFC 1035 5.1",
      "Some readers take the rest of the file into the string and lose every record in it.",
      "close the string"),
    reader(
      "syn-unbalanced-paren", "parenthesis without its partner", .error, "RFC 1035 5.1",
      "Some readers take the rest of the file into one record and lose every other in it.",
      "close or remove the parenthesis"),
    reader(
      "syn-nested-paren", "parentheses inside parentheses", .warning, "RFC 1035 5.1",
      "BIND reads them, Knot, NSD and validns refuse the file.", "remove the inner parentheses"),
    reader(
      "syn-newline-in-string", "line break inside a quoted string", .error, "RFC 1035 5.1",
      "Half of the readers refuse it, the others put a line break into the data.",
      "end the string on its line; several strings may stand in parentheses"),
    reader(
      "syn-unknown-directive", "unknown directive", .error, "RFC 1035 5.1",
      "A misspelt $TTL or $ORIGIN that is passed over changes every record after it.",
      "use $ORIGIN, $TTL, $INCLUDE or $GENERATE"),
    reader(
      "syn-directive", "malformed directive", .error, "RFC 1035 5.1, RFC 2308 4",
      "Every record after it depends on it.", "correct what follows the directive"),
    reader(
      "syn-generate", "$GENERATE is used", .info, "BIND 9 Administrator Reference Manual",
      "Only BIND and a few others know it, and the import of the Route 53 console does not. Here "
        + "it is expanded.", "nothing, unless another server will read the file"),
    reader(
      "syn-generate-range", "malformed $GENERATE", .error, "BIND 9 Administrator Reference Manual",
      "The records that it should make are missing.", "correct the range, step or modifier"),
    reader(
      "syn-include-missing", "included file that cannot be read", .error, "RFC 1035 5.1",
      "Its records are missing from the zone that would be moved.",
      "bring the file, or give its folder with --include-root"),
    reader(
      "syn-include-elsewhere", "included file that lies beside the zone's own file", .warning,
      "RFC 1035 5.1",
      "A path inside an included file is taken from that file's directory here; readers that take "
        + "all from one directory find it, others do not.",
      "write the path as seen from the including file"),
    reader(
      "syn-include-ttl-leak", "$TTL changed inside an included file", .warning, "RFC 2308 4",
      "In BIND it stays in force behind the $INCLUDE, in Knot and others it does not: the TTLs "
        + "served depend on the server.", "write $TTL again behind the $INCLUDE"),
    reader(
      "syn-inherited-owner-after-origin", "owner left out right after a directive", .warning,
      "RFC 1035 5.1",
      "It inherits the owner before the directive, which is seldom what was meant.",
      "write the owner"),
    reader(
      "syn-blank-owner-first", "first record without an owner", .error, "RFC 1035 5.1",
      "There is nothing to inherit; readers refuse it or take the origin.",
      "write the owner, or @ for the origin"),
    reader(
      "syn-no-final-newline", "no line break at the end", .info, "RFC 1035 5.1",
      "BIND warns of it; the next line that is appended joins the last one.",
      "end the last line", fix: .endingLastLine),
    reader(
      "syn-crlf", "line ends of another system", .info, "RFC 1035 5.1",
      "Knot refuses CRLF; two readers find no record at all where lines end in a bare CR.",
      "write plain line feeds", fix: .removingCarriageReturns),
    reader(
      "syn-bom", "byte order mark or UTF-16", .warning, "RFC 1035 5.1",
      "Other readers refuse the file with odd messages.", "save the file as plain ASCII",
      fix: .removingByteOrderMark),
    reader(
      "syn-not-text", "not a text file", .error, "RFC 1035 5",
      "A zone file is text; this looks like something else, perhaps a raw or compressed zone.",
      "convert it: named-compilezone -f raw -F text"),
    reader(
      "syn-comment-char", "comment that does not start with a semicolon", .error, "RFC 1035 5.1",
      "It is read as a record.", "start comments with a semicolon",
      fix: .asFound("comment the line out")),
    reader(
      "syn-raw-non-ascii", "raw octets over 127", .warning, "RFC 1035 5.1, RFC 5890",
      "Readers differ, and Route 53 wants escapes; a name with them is rarely the one meant.",
      "write names in Punycode and other octets as \\DDD"),
    reader(
      "syn-bad-escape", "bad escape", .error, "RFC 1035 5.1",
      "Decimal and octal escapes are often mixed up.", "write \\DDD with a decimal up to 255"),
    reader(
      "syn-string-too-long", "character-string over 255 octets", .error, "RFC 1035 3.3",
      "Some readers split it in silence, others refuse it.", "split it into several strings",
      fix: .asFound("split the string")),
    reader(
      "syn-name-too-long", "label or name that is too long or empty", .error, "RFC 1035 2.3.4",
      "Such a name cannot exist.", "shorten the name, or remove the doubled dot"),
    reader(
      "syn-quoted-name", "domain name in quotes", .error, "RFC 1035 5.1",
      "Readers disagree whether the quotes belong to the name.", "remove the quotes",
      fix: .asFound("remove the quotes")),
    reader(
      "syn-ttl-out-of-range", "TTL over 2147483647", .error, "RFC 2181 8",
      "Readers take it as 0, keep it or wrap it.", "write a TTL of at most 2147483647 s"),
    reader(
      "syn-ttl-unit-order", "units of a TTL out of order", .warning,
      "BIND 9 Administrator Reference Manual", "It is rarely what was meant.",
      "write the units from weeks down to seconds, each once"),
    reader(
      "syn-class-mismatch", "class other than the zone's", .error, "RFC 1035 5.2",
      "A zone has one class, and only IN can be moved.", "move the record to its own zone"),
    reader(
      "syn-rfc3597-length", "generic data that do not fit", .error, "RFC 3597 5",
      "The length, the digits or the layout of the type are wrong.", "correct length and digits"),
    reader(
      "syn-meta-type", "type that stands in messages only", .error, "RFC 6895 3.1",
      "OPT, TSIG, AXFR and ANY stand in messages only.", "remove the record"),
    reader(
      "syn-extra-rdata", "words behind the record's data", .error, "RFC 1035 5.1",
      "Often a forgotten semicolon before a comment, or an unquoted string.",
      "quote the string, or start the comment with a semicolon"),
    reader(
      "syn-rdata", "data that do not fit the type", .error, "the type's RFC",
      "No server loads the record.", "correct the field that is named",
      fix: .asFound("remove quotes that do not belong there")),
    reader(
      "syn-record", "not a record", .error, "RFC 1035 5.1",
      "Expected were owner, TTL, class, type and data.", "correct or remove the line"),
    reader(
      "syn-no-origin", "relative name without an origin", .error, "RFC 1035 5.1",
      "The zone's name stands in the server's configuration, not in the file.",
      "give it with --origin, or start the file with $ORIGIN"),
    reader(
      "syn-no-default-ttl", "record whose TTL readers disagree on", .warning,
      "RFC 1035 5.1, RFC 2308 4",
      "Without $TTL, BIND takes the last TTL given, Knot and NSD a preset: the wait before a "
        + "cutover depends on which server answered.", "write $TTL at the top of the file"),
    reader(
      "syn-provider-export", "habit of a provider's export", .warning, "-",
      "Some providers write what no server reads: a TTL of 1 for 'automatic', stamps of age, names "
        + "without their final dot.", "check what the provider meant"),
    reader(
      "svcb-dup-key", "service parameter given twice", .error, "RFC 9460 2.1",
      "Clients refuse the record.", "keep one of the two"),
    reader(
      "svcb-mandatory-missing", "mandatory keys that are not there", .error, "RFC 9460 8",
      "Clients refuse the record.",
      "list each key of the record at most once in 'mandatory', and not 'mandatory' itself"),
    reader(
      "svcb-no-default-alpn", "no-default-alpn without alpn", .error, "RFC 9460 7.1.1",
      "Without a protocol to speak, clients refuse the record.",
      "add alpn, or remove no-default-alpn"),
    reader(
      "syn-too-large", "more data than a zone holds", .error, "-",
      "Offsets are kept in 32 bits.", "split the zone"),
    reader(
      "syn-too-many-errors", "reading was given up", .error, "-",
      "So many errors mean that it is another kind of file.", "check that it is a zone file"),
  ]

  /// What the readers of exports and of annotated zone files report while reading.
  static let exportRules: [Rule] = [
    reader(
      "r53-export-syntax", "export that is not JSON", .error, "RFC 8259",
      "Nothing can be said of the hosted zone.", "export again with --output json", .route53),
    reader(
      "r53-export", "record set that the API does not know", .error,
      "Route 53 API reference, ResourceRecordSet",
      "A member that is passed over is a record set that changes in the move.",
      "export again; do not edit an export by hand", .route53),
    reader(
      "r53-export-incomplete", "export without its last page", .error,
      "Route 53 API reference, ListResourceRecordSets",
      "What is on the missing pages would be taken for deleted.",
      "export again without --max-items and --no-paginate, or give all pages", .route53),
    reader(
      "r53-export-duplicate", "record set twice in an export", .error,
      "Route 53 API reference, ListResourceRecordSets",
      "A page was probably given twice, and another may be missing.", "give each page once",
      .route53),
    reader(
      "r53-export-no-soa", "export without an SOA record set", .warning,
      "Route 53 developer guide, NS and SOA records",
      "Every hosted zone has one: the export is probably a part of the zone.",
      "export the whole zone", .route53),
    reader(
      "r53-export-out-of-zone", "record set of another zone", .error,
      "Route 53 API reference, ListResourceRecordSets",
      "The pages are of two zones.", "give the export of one zone", .route53),
    reader(
      "r53-export-other-zone", "description of another hosted zone", .error,
      "Route 53 API reference, GetHostedZone",
      "Batches would be checked against one zone and sent to another.",
      "give description and export of one hosted zone", .route53),
    reader(
      "r53-export-stale", "export older than the hosted zone's description", .error,
      "Route 53 API reference, GetHostedZone",
      "What has changed since would be taken back by the move, or stop it halfway.",
      "fetch both again", .route53),
    reader(
      "r53-annotation", "routing comment that cannot be read", .error, "cli53, README",
      "The record set would lose its alias or routing policy.", "correct the comment", .route53),
  ]

  private static func reader(
    _ id: String, _ title: String, _ severity: Severity, _ reference: String,
    _ rationale: String, _ remedy: String, _ group: RuleGroup = .syntax, fix: RuleFix? = nil
  ) -> Rule {
    Rule(
      id, title, severity, group: group, rationale: rationale, reference: reference,
      remedy: remedy, triggering: Example.ofReader[id]?.triggering ?? [],
      nonTriggering: Example.ofReader[id]?.nonTriggering ?? [], fix: fix, check: .reader)
  }
}
