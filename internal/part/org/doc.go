// Package org keeps the organisation: units in a dated tree, their bodies,
// and who holds which post.
//
// A unit has periods: from a day on it has a name, a level, a kind and a parent
// that counts it. The tree can be read as of any day; the board counts a change
// from the moment it was recorded. Lists that offices send are planned first
// (what would be added, renamed, moved, dissolved) and then applied, all or
// nothing. The package never reads a report. Read [Unit] and [Period] first, then Create; of lists,
// [Plan].
package org
