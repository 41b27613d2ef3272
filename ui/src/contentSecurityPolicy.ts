/**
 * The policy the console is built for and tested under. No inline script or style, nothing from elsewhere, no
 * frames. Whoever serves `ui/dist` sends it as the `content-security-policy` header.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ")
