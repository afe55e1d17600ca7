// Package simulate makes organisations to look at: the demonstration, which
// retells the morning of 10 July 2020.
//
// It goes through the same use cases as people do, so that what it makes cannot
// be told from what was entered, but for the signatures, which say that they
// are simulated. The same seed gives the same country. Names of people are made
// up; provinces have their real names. Read [Demo] first.
package simulate
