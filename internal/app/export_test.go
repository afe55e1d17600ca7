package app

// AskForRound is what the program does every few seconds about reminders.
var AskForRound = (*App).askForRound
