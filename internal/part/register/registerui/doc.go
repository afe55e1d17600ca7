// Package registerui shows the register of a unit: its papers with a search, one paper
// with every step and how it was signed, and the numbers that were taken, where the clerk
// reserves and cancels them and says when a committee's term began.
package registerui
