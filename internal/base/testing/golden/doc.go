// Package golden compares what a program makes with files of testdata. Read [File].
package golden
