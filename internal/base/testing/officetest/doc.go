// Package officetest makes a small organisation for tests: the centre, a
// province with two districts, a commune and its cells, siblings beside them, a
// leader and an officer in each, and one directive in force.
//
// Everything is made by the program's own use cases in a real database. Read
// [World] first.
package officetest
