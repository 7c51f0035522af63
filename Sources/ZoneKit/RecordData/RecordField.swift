/// One field of a type's record data: a label for messages, and the form that says how it is
/// written in text and on the wire.
public struct RecordField: Sendable {
  /// What the type's RFC calls it, in words: "preference".
  public var label: String { name.description }
  /// The label, in a form that costs nothing to pass on.
  let name: StaticString
  /// Its form.
  let form: RecordFieldForm

  init(_ form: RecordFieldForm, _ name: StaticString) {
    self.form = form
    self.name = name
  }
}

/// The forms that fields of record data take.
enum RecordFieldForm: Sendable, Equatable {
  /// Decimal on 1, 2 or 4 octets.
  case uint8, uint16, uint32
  /// A decimal number on 8 octets, or two of 4 octets joined by a dot (IPN).
  case dottedUInt64
  /// Seconds on 4 octets; units as in `1h30m` are read.
  case seconds
  /// A dotted quad; colons and hexadecimal.
  case ipv4, ipv6
  /// A name. `lowercased`: in lower case in canonical form (RFC 4034 section 6.2, as corrected by
  /// RFC 6840 section 5.1).
  case name(lowercased: Bool)
  /// Names to the end of the data, none or more.
  case names
  /// One character-string: a length octet and up to 255 octets.
  case string
  /// A character-string that may be left out at the end.
  case optionalString
  /// Character-strings to the end of the data, at least one.
  case strings
  /// Octets to the end of the data, written as one string without length (URI, CAA).
  case text
  /// A length octet and a tag of letters and digits (CAA).
  case tag
  /// Octets to the end of the data in base 64. `required`: at least one.
  case base64(required: Bool)
  /// Octets to the end of the data in base 64, `-` for none (DOA).
  case base64OrDash
  /// Octets to the end of the data in hexadecimal. `required`: at least one.
  case hex(required: Bool)
  /// A length octet and octets as one word: hexadecimal with `-` for none (NSEC3 salt).
  case salt
  /// A length octet and octets as one word of base 32 with the extended alphabet (NSEC3).
  case base32Hash
  /// A type by its mnemonic, on 2 octets.
  case recordType
  /// Type bit maps (RFC 4034 section 4.1.2), to the end of the data.
  case typeBitmap
  /// The one bit map of NXT (RFC 2535 section 5.2), to the end of the data.
  case nxtBitmap
  /// A DNSSEC algorithm on 1 octet, by number or mnemonic (RFC 4034 appendix A.1).
  case algorithm
  /// Flags of a key on 2 octets, by number or as mnemonics joined by `|` (RFC 2535 section 7.1).
  case keyFlags
  /// The protocol of a key on 1 octet, by number or mnemonic (RFC 2535 section 7.1).
  case keyProtocol
  /// A certificate type on 2 octets, by number or mnemonic (RFC 4398 section 2.1).
  case certificateType
  /// A DSYNC scheme on 1 octet, by number or mnemonic (RFC 9859 section 2.1).
  case scheme
  /// A point in time on 4 octets, `YYYYMMDDHHmmSS` or seconds (RFC 4034 section 3.2).
  case time
  /// Six or eight octets in hexadecimal, joined by hyphens (RFC 7043).
  case eui48, eui64
  /// Eight octets as four groups of hexadecimal, joined by colons (RFC 6742).
  case nodeID
  /// `0x` and hexadecimal with dots between, to the end (RFC 1706).
  case nsap
  /// A format octet, then digits after `+` or hexadecimal (ATM Forum af-dans-0152.000).
  case atma
  /// Protocol and bit map of ports (RFC 1035 section 3.4.2).
  case services
  /// Latitude, longitude, altitude, size and precisions (RFC 1876).
  case location
  /// Address prefixes to the end of the data (RFC 3123).
  case addressPrefixes
  /// Prefix length, address suffix, and prefix name (RFC 2874).
  case a6
  /// Gateway type, algorithm and gateway (RFC 4025 section 2).
  case ipsecGateway
  /// Discovery bit, relay type and relay (RFC 8777 section 4).
  case amtRelay
  /// Algorithm, host identity tag and public key (RFC 8005 section 5).
  case hostIdentity
  /// Service parameters to the end of the data (RFC 9460 section 2).
  case serviceParameters
}
