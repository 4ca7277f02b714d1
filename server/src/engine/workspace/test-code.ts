/** Which files are test code: there every item is `na` but for credentials that look real. */
const TEST =
  /(?:^|\/)(?:tests?|specs?|__tests__|__mocks__|e2e|cypress|fixtures|testdata)\/|(?:^|\/)[^/]*(?:[._-](?:test|spec|cy|stories)\.[^/]+|_test\.[^/]+|Tests?\.(?:java|kt|cs|php))$|(?:^|\/)(?:test_[^/]*|conftest)\.py$/;

/** Whether a workspace-relative path is test code. */
export function isTestPath(path: string): boolean {
  return TEST.test(path);
}
