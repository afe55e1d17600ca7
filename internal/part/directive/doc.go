// Package directive keeps what a unit above asks of the units below: a
// directive with its milestones, the deadline of each level, the indicators to
// report, and who acknowledged it.
//
// A directive is drafted, issued, revised by new versions and closed. A unit
// below acknowledges it and may tighten a deadline for itself and the units
// below it, never loosen it. The package never reads a report. Read [Directive]
// and [Document] first.
package directive
