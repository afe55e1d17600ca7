// Package accountui is the screens of accounts: signing in and out, one's own
// account and sessions, the signing window, invitations and their leaflets,
// set-up, and the administration of a unit's accounts.
//
// It also tells the frame who is behind a request ([Screens.Who]) and owns the
// session's cookie, the only one besides the frame's. All rules are package
// account's; a handler reads a form, calls a use case and shows a page. Read
// [Screens] first.
package accountui
