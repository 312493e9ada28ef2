import Testing

@testable import Configuration

@Suite struct SubstitutionTests {
  private let environment = ["A": "1", "LONG_2": "${A}", "EMPTY": ""]

  @Test(arguments: [
    ("", ""), ("plain $ and $$ and $A", "plain $ and $$ and $A"), ("${A}", "1"), ("x${A}${A}y", "x11y"),
    ("$${A}", "${A}"), ("$$${A}", "$${A}"), ("${LONG_2}", "${A}"), ("a}b", "a}b"), ("ü${A}🎬", "ü1🎬"), ("$", "$"),
  ])
  func fillsIn(written: String, text: String) {
    #expect(Substitution.of(written, environment) == .text(text))
  }

  @Test(arguments: [("${B}", "B"), ("${A} ${EMPTY}", "EMPTY"), ("${a}", "a")])
  func namesTheVariableThatIsNotSet(written: String, variable: String) {
    #expect(Substitution.of(written, environment) == .missing(variable: variable))
  }

  @Test(arguments: ["${", "${A", "${}", "${1A}", "${A B}", "${A:-x}", "${É}"])
  func refusesAnotherForm(written: String) {
    guard case .malformed = Substitution.of(written, environment) else {
      Issue.record("'\(written)' was taken")
      return
    }
  }
}
