import LocatedYAML
import Testing

@Suite("The walk through a YAML file")
struct YAMLReaderTests {
  private enum Shape: String, CaseIterable { case round, square }

  @Test("collects everything that is wrong, each with its place")
  func problems() throws {
    let node = try YAMLNode.parse(
      "nam: x\nshape: rond\nflag: 1\nlist: a\nmap: []\ntext:\nother: 1\n")
    let reader = YAMLReader { name, allowed in allowed.first { $0.first == name.first } }
    let fields = try #require(
      reader.fields(
        node, of: "the file", allowed: ["name", "shape", "flag", "list", "map", "text", "size"],
        required: ["name", "size"]))
    #expect(fields["shape"].flatMap { reader.choice($0, of: "\"shape\"", as: Shape.self) } == nil)
    #expect(fields["flag"].flatMap { reader.flag($0, of: "\"flag\"") } == nil)
    #expect(fields["list"].flatMap { reader.items($0, of: "\"list\"") } == nil)
    #expect(fields["map"].flatMap { reader.entries($0, of: "\"map\"") } == nil)
    #expect(fields["text"].flatMap { reader.text($0, of: "\"text\"") } == nil)
    let lines = reader.problems.map { "\($0.line):\($0.column): \($0.message)" }
    #expect(
      lines == [
        "1:1: unknown key \"nam\" in the file; did you mean \"name\"?",
        "7:1: unknown key \"other\" in the file; allowed are name, shape, flag, list, map, text, size",
        "1:1: the file has no \"size\"; add it",
        "2:8: \"shape\" is \"rond\"; did you mean \"round\"?",
        "3:7: \"flag\" is \"1\", but must be yes or no",
        "4:7: \"list\" is \"a\", but must be a list",
        "5:6: \"map\" is a list, but must be a map of keys and values",
        "6:6: \"text\" is nothing, but must be a text",
      ])
  }

  @Test("takes what is right")
  func values() throws {
    let node = try YAMLNode.parse("shape: square\nflag: no\nlist: [a, b]\none: a\n")
    let reader = YAMLReader { _, _ in nil }
    let fields = try #require(
      reader.fields(node, of: "the file", allowed: ["shape", "flag", "list", "one"]))
    #expect(fields["shape"].flatMap { reader.choice($0, of: "shape") } == Shape.square)
    #expect(fields["flag"].flatMap { reader.flag($0, of: "flag") } == false)
    #expect(fields["list"].map { reader.texts($0, of: "list") } == ["a", "b"])
    #expect(fields["one"].map { reader.texts($0, of: "one") } == ["a"])
    #expect(reader.problems.isEmpty)
  }
}
