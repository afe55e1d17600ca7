// Package simulate makes organisations to look at and to measure: the
// demonstration, which retells the morning of 10 July 2020, and a whole country
// with a year of reporting.
//
// It goes through the same use cases as people do, so that what it makes cannot
// be told from what was entered, but for the founding event and the signatures,
// which say that they are simulated. The same seed gives the same events. Names
// of people are made up; provinces have their real names. Read [Demo] or
// [Country] first.
package simulate
