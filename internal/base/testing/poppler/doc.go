// Package poppler reads PDF files as Debian's poppler-utils do. Read [Text].
package poppler
