import Testing

@testable import HTMLReports

@Suite("Hashes of the style and the script")
struct PageDigestTests {
  @Test("Base64 agrees with the vectors of RFC 4648")
  func vectors() {
    let vectors = [
      "": "", "f": "Zg==", "fo": "Zm8=", "foo": "Zm9v", "foob": "Zm9vYg==", "foobar": "Zm9vYmFy",
    ]
    for (text, encoded) in vectors.sorted(by: { $0.key < $1.key }) {
      #expect(PageDigest.base64(Array(text.utf8)) == encoded)
    }
  }

  @Test("The digest of abc is the one of FIPS 180-4")
  func digest() {
    #expect(
      PageDigest.source(of: "abc") == "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=")
  }
}
