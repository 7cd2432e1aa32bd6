import Foundation
import Messages
import ServiceTime
import Testing

@testable import Agreements

@Suite("The brand of an agreement")
struct BrandTests {
  private static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0]

  private func read(_ brand: String, logo: [UInt8] = png) -> (brand: Brand?, errors: [String]) {
    let yaml = """
      agreement: desk
      provider: IT
      customer: Finance
      zone: UTC
      calendar: always
      tiers: {Any: {}}
      clocks:
        resolution: {start: opened, stop: resolved}
      brand:
      \(brand)
      """
    let sources = RuleSources(
      zone: { _ in .utc }, calendarFile: { _, _ in nil }, holidays: { _, _ in [] },
      logo: { _, _ in (logo, Data(logo).base64EncodedString()) })
    let read = AgreementReader.read(Array(yaml.utf8), file: "a.yml", sources: sources)
    return (read.agreement?.brand, read.findings.map(\.message.text))
  }

  @Test("Contrast is that of WCAG 2.2: worked examples of its formula")
  func contrast() {
    let (white, black) = (Colour("#ffffff"), Colour("#000000"))
    func ratio(_ one: Colour?, _ two: Colour?) -> Double {
      one.flatMap { one in two.map { one.contrast(with: $0) } } ?? 0
    }
    #expect(abs(ratio(white, black) - 21) < 1e-9)
    #expect(ratio(white, white) == 1)
    // Known pairs: #767676 is the lightest grey with 4.5 on white, #949494 with 3.
    #expect(abs(ratio(Colour("#767676"), white) - 4.5422) < 0.0001)
    #expect(abs(ratio(Colour("#949494"), white) - 3.0335) < 0.0001)
    #expect(abs(ratio(Colour("#FF0000"), white) - 3.9985) < 0.0001)
    // By the power function of the system, for every grey.
    for grey in 0...255 {
      let share = Double(grey) / 255
      let linear = share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
      let colour = Colour(red: UInt8(grey), green: UInt8(grey), blue: UInt8(grey))
      #expect(abs(ratio(colour, white) - 1.05 / (linear + 0.05)) < 1e-9, "\(grey)")
    }
  }

  @Test("A colour is a hash and six hexadecimal digits")
  func colours() {
    #expect(Colour("#1f6F54")?.text == "#1f6f54")
    for wrong in ["", "1f6f54", "#1f6f5", "#1f6f545", "#1f6f5g", "#+f6f54", "#-f6f54", "red"] {
      #expect(Colour(wrong) == nil, "\(wrong)")
    }
  }

  @Test("Title, logo and accent are read; one accent may stand for both pages")
  func whole() {
    let (brand, errors) = read("  {title: Ours, logo: logo.png, accent: \"#8a6d3b\"}")
    #expect(errors == [])
    #expect(brand?.title == "Ours" && brand?.logo?.mediaType == "image/png")
    #expect(brand?.logo?.base64 == "iVBORw0KGgoAAA==")
    #expect(brand?.accent?.light == brand?.accent?.dark)
    let svg = read("  {logo: a.svg}", logo: Array("<?xml?><svg xmlns='x'/>".utf8))
    #expect(svg.brand?.logo?.mediaType == "image/svg+xml")
    #expect(
      read("  {logo: a.jpg}", logo: [0xFF, 0xD8, 0xFF, 0]).brand?.logo?.mediaType == "image/jpeg")
  }

  @Test("What cannot be shown is refused, with what to do")
  func wrong() {
    #expect(
      read("  {accent: \"#f4c653\"}").errors == [
        """
        "accent" #f4c653 has a contrast of 1.6 with a light page, and a line needs 3; choose a \
        darker one, or write {light: "#...", dark: "#..."}
        """
      ])
    #expect(
      read("  {accent: {light: \"#1f6f54\", dark: \"#08483c\"}}").errors.first?.contains(
        "with a dark page") == true)
    #expect(
      read("  {accent: green}").errors == [
        "\"accent\" is \"green\", but must be a colour like \"#1f6f54\", in quotes"
      ])
    #expect(
      read("  {logo: a.gif}", logo: Array("GIF89a".utf8)).errors == [
        "\"logo\" is a.gif, which is no PNG, JPEG or SVG file; use one"
      ])
    #expect(
      read("  {logo: a.png}", logo: Self.png + Array(repeating: 0, count: 100_000)).errors == [
        "\"logo\" a.png has 100010 bytes, and every page holds it; make it at most 100000"
      ])
  }
}
