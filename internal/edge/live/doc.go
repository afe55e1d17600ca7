// Package live pushes messages to browsers over server-sent events.
//
// A message goes to a channel; whoever may listen to it was asked once, when the
// stream was opened, and is cut off when the person's roles change. Messages
// that a broken connection missed are not kept: each carries the ledger
// positions that it stands between, and a page that sees a gap asks for what
// changed since. The package decides nothing about access. Read [Hub] first.
package live
