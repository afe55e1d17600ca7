// Package boardui is the screens of the board: the live board of a unit, the
// units behind a figure, the table for a spreadsheet and the view for the wall.
//
// Handlers read the board, format, and render; the rules are in package board.
// Read board.go first.
package boardui
