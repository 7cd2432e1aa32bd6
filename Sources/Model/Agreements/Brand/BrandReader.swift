import LocatedYAML

extension AgreementParser {
  static let brandKeys = ["title", "logo", "accent"]
  static let accentKeys = ["light", "dark"]

  /// `brand:` of an agreement.
  func brand(_ node: YAMLNode?) -> Brand? {
    guard let node, let fields = reader.fields(node, of: "\"brand\"", allowed: Self.brandKeys)
    else { return nil }
    var brand = Brand()
    brand.title = fields["title"].flatMap { reader.text($0, of: "\"title\" of brand") }
    brand.logo = fields["logo"].flatMap { logo($0) }
    brand.accent = fields["accent"].flatMap { accent($0) }
    return brand
  }

  /// The largest logo that is put into every page, in bytes.
  private static let largestLogo = 100_000

  private func logo(_ node: YAMLNode) -> Brand.Logo? {
    let expected = "the path of a PNG, JPEG or SVG file"
    guard let path = reader.text(node, of: "\"logo\"", expected: expected) else { return nil }
    do {
      let file = try rules.sources.logo(path, rules.name)
      guard file.bytes.count <= Self.largestLogo else {
        reader.report(.largeLogo(path, file.bytes.count, most: Self.largestLogo), at: node)
        return nil
      }
      guard let type = Self.mediaType(of: file.bytes) else {
        reader.report("\"logo\" is \(path), which is no PNG, JPEG or SVG file; use one", at: node)
        return nil
      }
      return Brand.Logo(mediaType: type, base64: file.base64)
    } catch {
      reader.report("\"logo\" \(path) cannot be read: \(String(describing: error))", at: node)
      return nil
    }
  }

  /// By its first bytes, whatever it is called.
  static func mediaType(of bytes: [UInt8]) -> String? {
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return "image/png" }
    if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
    let start = String(decoding: bytes.prefix(1_000), as: UTF8.self)
    return start.contains("<svg") ? "image/svg+xml" : nil
  }

  private func accent(_ node: YAMLNode) -> (light: Colour, dark: Colour)? {
    guard node.mapping != nil else {
      return colour(node, of: "\"accent\"").flatMap { check($0, $0, at: node) }
    }
    guard
      let fields = reader.fields(
        node, of: "\"accent\"", allowed: Self.accentKeys, required: Self.accentKeys)
    else { return nil }
    let light = fields["light"].flatMap { colour($0, of: "\"light\" of accent") }
    let dark = fields["dark"].flatMap { colour($0, of: "\"dark\" of accent") }
    guard let light, let dark else { return nil }
    return check(light, dark, at: node)
  }

  private func colour(_ node: YAMLNode, of what: String) -> Colour? {
    let expected = "a colour like \"#1f6f54\", in quotes"
    guard let text = reader.text(node, of: what, expected: expected) else { return nil }
    if let colour = Colour(text) { return colour }
    reader.report("\(what) is \"\(text)\", but must be \(expected)", at: node)
    return nil
  }

  /// The grounds of pages, and the least contrast of a line with them (WCAG 2.2, 1.4.11).
  private static let grounds = (
    light: Colour(red: 255, green: 255, blue: 255), dark: Colour(red: 15, green: 19, blue: 24)
  )
  private static let leastContrast = 3.0

  private func check(
    _ light: Colour, _ dark: Colour, at node: YAMLNode
  ) -> (light: Colour, dark: Colour)? {
    for (colour, ground, name) in [
      (light, Self.grounds.light, "light"), (dark, Self.grounds.dark, "dark"),
    ] {
      let contrast = colour.contrast(with: ground)
      guard contrast < Self.leastContrast else { continue }
      reader.report(.faint(colour, contrast, on: name), at: node)
      return nil
    }
    return (light, dark)
  }
}

extension String {
  fileprivate static func largeLogo(_ path: String, _ size: Int, most: Int) -> String {
    """
    "logo" \(path) has \(size) bytes, and every page holds it; make it at most \(most)
    """
  }

  fileprivate static func faint(_ colour: Colour, _ contrast: Double, on ground: String) -> String {
    let tenths = Int(contrast * 10)
    return """
      "accent" \(colour.text) has a contrast of \(tenths / 10).\(tenths % 10) with a \(ground) page, \
      and a line needs 3; choose a \(ground == "light" ? "darker" : "lighter") one, or write \
      {light: "#...", dark: "#..."}
      """
  }
}
