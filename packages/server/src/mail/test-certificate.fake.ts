/** Of `localhost`, signed by itself, for mail servers of tests only: worth nothing anywhere else. */
export const testCertificate = {
  cert: `-----BEGIN CERTIFICATE-----
MIIBmzCCAUGgAwIBAgIUGtLuiwTRW0g9r7jlJ2afef1hm4gwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyOTAwMjkxM1oYDzIxMjYxMTA1
MDAyOTEzWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAT2LS9ewkBQc631UfwN2W1u5J1yAiQ430gnZroO67E0ad9DKw+3dO4P
zPoiWHyTFe2kggWCrvbnYtRBiulxpg50o28wbTAdBgNVHQ4EFgQUBAPbUvDJKMPw
wol4Mp8r9pTM4MUwHwYDVR0jBBgwFoAUBAPbUvDJKMPwwol4Mp8r9pTM4MUwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDSAAwRQIhALdadptVyFV23tBS2ZNcH9g2DYkFnmwcwPZ0stutD9kiAiAs
n9kCW69Oq+ifPvMwkIzDaMhPnOJoDKYugTJjd9osfQ==
-----END CERTIFICATE-----
`,
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg7ByD5dsiJdTtLocJ
hcaIOzmwI0b7baldfqvjNojmlUihRANCAAT2LS9ewkBQc631UfwN2W1u5J1yAiQ4
30gnZroO67E0ad9DKw+3dO4PzPoiWHyTFe2kggWCrvbnYtRBiulxpg50
-----END PRIVATE KEY-----
`,
} as const
