"""The one table from a refusal's kind to an HTTP status, for the doors that speak HTTP."""

from typing import Final

from yueke.kernel.refusal import Kind

STATUS: Final = {
    Kind.MALFORMED: 400,
    Kind.UNAUTHENTICATED: 401,
    Kind.FORBIDDEN: 403,
    Kind.MISSING: 404,
    Kind.NO_METHOD: 405,
    Kind.CONFLICT: 409,
    Kind.TOO_LARGE: 413,
    Kind.INVALID: 422,
    Kind.TOO_MANY: 429,
    Kind.BROKEN: 500,
    Kind.UNAVAILABLE: 503,
}
