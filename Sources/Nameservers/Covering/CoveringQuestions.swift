public import ZoneKit

/// Questions on which contents must answer alike to answer alike on every question: a finite set
/// for zones whose content is known, linear in their size, made while it is walked through.
///
/// For every name of any content, ancestors included: the types that stand there; a type that
/// stands nowhere, for the answer to any other; DS at a cut; and, where another content's wildcard
/// may answer instead, that wildcard's types. For every name also a child that exists nowhere, so
/// that wildcards and the lack of them show. An empty non-terminal is asked for the types of all
/// wildcards above it as well: servers have been seen that let these answer there, against
/// RFC 4592 section 2.2.2.
///
/// The idea is that of GRoot (Kakarla et al., SIGCOMM 2020). It takes servers that implement
/// RFC 4592, and sets of other names that neither content holds are not reached by it.
public struct CoveringQuestions: Sequence, Sendable {
  /// The names to walk through, in canonical order.
  public let names: [Name]
  /// A type that stands in no content.
  public let foreignType: RecordType
  private let contents: [ZoneContent]

  /// The questions that cover contents, one or more, all of the same apex.
  public init(_ contents: [ZoneContent]) {
    self.contents = contents
    var union = Set<Name>()
    for content in contents { union.formUnion(content.names) }
    names = union.sorted()
    let present = Set(union.lazy.flatMap { name in contents.flatMap { $0.types(at: name) } })
    foreignType = Self.candidates.first { !present.contains($0) } ?? .any
  }

  /// Types that servers treat as any other, rare ones first; then those for private use
  /// (RFC 6895 section 3.1).
  private static var candidates: some Sequence<RecordType> {
    let common: [UInt16] = [18, 17, 29, 13, 33, 35, 44, 16, 15]
    return [AnySequence(common), AnySequence(UInt16(65_280)...65_534)].lazy.joined()
      .map { RecordType(rawValue: $0) }
  }

  /// Walks through the questions, in the same order each time.
  public func makeIterator() -> Iterator { Iterator(self) }

  /// The questions of one name after the other.
  public struct Iterator: IteratorProtocol {
    private let questions: CoveringQuestions
    private var cursor = 0
    private var pending: [Question] = []
    private var position = 0

    init(_ questions: CoveringQuestions) { self.questions = questions }

    /// The next question.
    public mutating func next() -> Question? {
      while position == pending.count {
        guard cursor < questions.names.count else { return nil }
        pending = questions.questions(about: questions.names[cursor])
        position = 0
        cursor += 1
      }
      position += 1
      return pending[position - 1]
    }
  }

  /// What a question stands for, where it is for more than itself: any other type, any other name.
  public func meaning(of question: Question) -> String? {
    let isFreshName =
      !contents.contains { $0.contains(question.name) }
      && question.name.firstLabel.map { Self.isFresh($0) } == true
    return switch (isFreshName, question.type == foreignType) {
    case (true, true): "any other name there, any other type"
    case (true, false): "any other name there"
    case (false, true): "any other type"
    case (false, false): nil
    }
  }

  /// All questions of one name, and of a fresh child of it.
  func questions(about name: Name) -> [Question] {
    var types: Set<RecordType> = [foreignType]
    for content in contents {
      types.formUnion(content.types(at: name))
      if !content.contains(name) { types.formUnion(wildcardTypes(of: name, in: content)) }
    }
    if types.contains(.ns), name != contents.first?.apex { types.insert(.ds) }
    if contents.contains(where: { $0.isEmptyNonTerminal(name) }) {
      types.formUnion(typesOfWildcards(above: name))
    }
    var questions = types.sorted().map { Question(name, $0) }
    if let child = freshChild(of: name) {
      var types: Set<RecordType> = [foreignType]
      for content in contents { types.formUnion(wildcardTypes(of: child, in: content)) }
      questions += types.sorted().map { Question(child, $0) }
    }
    return questions
  }

  /// Labels for names that exist nowhere.
  private static let freshLabels = ["zonecut", "q"] + (2..<64).map { "zc\($0)" }

  private static func isFresh(_ label: ArraySlice<UInt8>) -> Bool {
    freshLabels.contains { $0.utf8.elementsEqual(label) }
  }

  private func wildcardTypes(of name: Name, in content: ZoneContent) -> [RecordType] {
    content.sourceOfSynthesis(of: name).map { content.types(at: $0) } ?? []
  }

  private func typesOfWildcards(above name: Name) -> Set<RecordType> {
    var types: Set<RecordType> = []
    var ancestor = name
    while let parent = ancestor.parent, parent.isAtOrBelow(contents[0].apex) {
      if let wildcard = parent.wildcardChild {
        for content in contents { types.formUnion(content.types(at: wildcard)) }
      }
      ancestor = parent
    }
    return types
  }

  /// A child of `name` that exists in no content; nil where there is no room for one.
  private func freshChild(of name: Name) -> Name? {
    // Short labels come first, for the deepest names.
    for label in Self.freshLabels {
      guard let child = try? name.prepending(label: label.utf8) else { continue }
      if !contents.contains(where: { $0.contains(child) }) { return child }
    }
    return nil
  }
}
