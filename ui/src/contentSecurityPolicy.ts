/**
 * The policy the console's own tests run under: no inline script or style, nothing from elsewhere, no frames. The
 * gateway sends its own, `gateway/src/http/ConsoleRoutes.ts`, which may allow no less.
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
