/** The certificate of the tests' push service, `push.example.com`; valid for that name only, until the year 2219. */
export const CERTIFICATE = pem('CERTIFICATE', [
  'MIIBqTCCAVCgAwIBAgIUUBYuJuemd47O3/lH1BhnFeEUJtYwCgYIKoZIzj0EAwIwGzEZMBcGA1UEAwwQcHVzaC5leGFtcGxlLmNv',
  'bTAgFw0yMDAxMDEwMDAwMDBaGA8yMjE5MTExNDAwMDAwMFowGzEZMBcGA1UEAwwQcHVzaC5leGFtcGxlLmNvbTBZMBMGByqGSM49',
  'AgEGCCqGSM49AwEHA0IABFngFi9NvfAdbT5srYX5maTUqVDa4nF75WR27nZ4sGDnM7fYXprdwXutzWeDpLtdBOtPlYUQYki6E9lr',
  'AeJ5uHSjcDBuMB0GA1UdDgQWBBSgGyupeJB1SzEsV8EoZGVTqePUtzAfBgNVHSMEGDAWgBSgGyupeJB1SzEsV8EoZGVTqePUtzAP',
  'BgNVHRMBAf8EBTADAQH/MBsGA1UdEQQUMBKCEHB1c2guZXhhbXBsZS5jb20wCgYIKoZIzj0EAwIDRwAwRAIgdcPP+Atov+i2mrCz',
  'usIMIlIEPSXZKn57De5JJ3a8FGwCIEbxMH9xYwXi9r8cSlcqc/nz2Zy5j1LqwZARayDDCgsQ',
])
export const KEY = pem('PRIVATE KEY', [
  'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQggo2rFvUhyZfmRMiDywFZkOM8uSKlMaM9S5zpQQQi/6WhRANCAARZ',
  '4BYvTb3wHW0+bK2F+Zmk1KlQ2uJxe+Vkdu52eLBg5zO32F6a3cF7rc1ng6S7XQTrT5WFEGJIuhPZawHiebh0',
])

function pem(kind: string, base64: readonly string[]): string {
  return `-----BEGIN ${kind}-----\n${base64.join('\n')}\n-----END ${kind}-----\n`
}
