// Package letterui shows the host of a briefing to whom letters went, when, which
// could not be sent and why, and has them sent again.
package letterui
