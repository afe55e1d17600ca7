// Package archive is the form of a backup: one file that holds the rows of all
// tables and the files of a data directory, and that either engine restores.
//
// The file is a tar archive, compressed by zstd, with these entries in order:
//
//	giaoban.json           the [Header]: form, schema, tables with their columns
//	table/NAME/1.jsonl …   the rows of a table, by its key, in parts of about a
//	                       MiB: a JSON array a row; bytes as base64; a text that
//	                       is not UTF-8 as an array of its base64
//	directory/PATH …       the files of the data directory
//	manifest.json          the [Manifest]: rows and SHA-256 of each table, of the
//	                       directory; without it the file was cut short
//
// So `zstd -d <FILE | tar x` gives everybody the data without this program.
//
// It reads and writes streams in little memory. It knows no table and no
// directory: [Write] is told what to write, [Read] hands over what it reads, and
// whoever restores keeps nothing of it until Read returns without an error. It is
// not encrypted: it holds the installation's keys, and whoever has it has all.
package archive
