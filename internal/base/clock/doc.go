// Package clock tells the time and counts days.
//
// The program has two clocks. The business clock says when a report was
// recorded; a demonstration's runs from the morning of 10 July 2020. The
// machine's clock says when a session or a certificate ends. Code takes a
// [Clock]; it never calls time.Now itself. [Date] is a calendar day without a
// zone. Read Clock first.
package clock
