namespace Samples.Sis;

/// <summary>Students leave or arrive after a page of the collection has been read, and again every so many pages.</summary>
public sealed record RosterChange(string Collection, int AfterPages = 1, int Withdraw = 0, int Add = 0, int Times = 1, int EveryPages = 1);
