import Testing
import UsherKit

@Suite struct PlainTextTests {
  @Test(arguments: [
    ("", ""), ("plain", "plain"), ("<p>One <b>bold</b> word.</p>", "One bold word."),
    ("<p>One</p><p>Two</p>", "One\nTwo"), ("One<br>Two<BR/>Three<br />Four", "One\nTwo\nThree\nFour"),
    ("<p>One</p>\n\n<p>  Two</p>", "One\nTwo"), ("a<br><br><br><br>b", "a\n\nb"), ("<br>a<br>", "a"),
    ("<ul><li>a</li><li>b</li></ul>", "a\nb"), ("a  \n\t b", "a b"), ("a&nbsp;&nbsp;b\u{A0}c", "a b c"),
    ("a <i>b</i>c", "a bc"), ("<a href='x?y=1'>link</a>", "link"), ("a<!-- > hidden -->b", "ab"),
  ])
  func tagsGoAndLinesStay(_ html: String, _ text: String) {
    #expect(String.plainText(html: html) == text)
  }

  @Test(arguments: [
    ("Tom &amp; Jerry &lt;3 &gt; &quot;x&quot; &apos;y&apos;", "Tom & Jerry <3 > \"x\" 'y'"),
    ("&eacute;&Uuml;&szlig;&ccedil;&yuml;&iexcl;&AElig;", "éÜßçÿ¡Æ"),
    ("&ldquo;a&rdquo; &lsquo;b&rsquo; &laquo;c&raquo; &bdquo;d", "“a” ‘b’ «c» „d"),
    ("&ndash;&mdash;&hellip;&euro;&trade;&copy;&reg;&bull;&OElig;", "–—…€™©®•Œ"),
    ("&#233;&#xE9;&#XE9;&#x1F600;&#8364;", "ééé😀€"), ("&#146;&#150;", "’–"),
    ("&#0;&#xD800;&#x110000;", "\u{FFFD}\u{FFFD}\u{FFFD}"), ("&#1;a&#127;&#x85;", "a…"),
    ("&amp;lt;", "&lt;"), ("&unknown; & &; &#; &#x; &#-1; &#+1; &amp", "&unknown; & &; &#; &#x; &#-1; &#+1; &amp"),
    ("AT&T a&b;c", "AT&T a&b;c"), ("&lt;b&gt;", "<b>"),
  ])
  func entitiesAreDecodedOnce(_ html: String, _ text: String) {
    #expect(String.plainText(html: html) == text)
  }

  @Test(arguments: [
    ("1 < 2 > 0", "1 < 2 > 0"), ("<3", "<3"), ("a<", "a<"), ("a<b", "a<b"), ("<!-- open", "<!-- open"), ("a</p", "a</p"),
    ("\u{0}a\u{1F}b", "ab"), ("é<br>ü", "é\nü"),
  ])
  func whatIsNoTagStays(_ html: String, _ text: String) {
    #expect(String.plainText(html: html) == text)
  }

  @Test(arguments: ["<", "<a", "<!--", "&", "&#", "&amp", "<br>", "</p", "&#x", "-->", " ", "<!-- --"])
  func hostileTextIsReadInTime(_ part: String) {
    let start = ContinuousClock.now
    _ = String.plainText(html: String(repeating: part, count: 100_000))
    #expect(ContinuousClock.now - start < .seconds(20), "a quadratic reader needs minutes")
  }
}
