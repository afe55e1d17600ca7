// Package passkeytest is an authenticator in software: it makes passkeys and
// answers challenges as a browser and its device do, so that use cases can be
// tested without one. What it answers can be spoiled on purpose. Read
// [Authenticator] first.
package passkeytest
