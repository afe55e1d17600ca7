// Package sheet reads tables from .xlsx and .csv files as offices send them,
// and writes tables to both.
//
// It owns the two formats, the defence against damaged and hostile files, the
// address of every cell in a complaint, and the search for the row of headings
// under the title rows. It knows nothing of what a table is about, keeps no
// files and never calculates a formula. Read [Sheet] first, then [Read].
//
// An .xlsx file is read here part by part instead of being opened with
// excelize, for three reasons: excelize inflates and parses the whole archive,
// pictures included, before anyone can count; its stream of rows gives bare
// texts, without the kind of a cell, and an empty one for a formula that was
// never calculated; and it takes a table that breaks off in the middle for a
// short one. What excelize does well is done by excelize: showing a number in
// its format ([Cell.Shown]) and writing workbooks ([WriteXLSX]).
package sheet
