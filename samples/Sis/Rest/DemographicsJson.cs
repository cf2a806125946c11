using Samples.MadeUpDistrict;

namespace Samples.Sis.Rest;

internal static class DemographicsJson
{
    public static readonly string[] Races =
    [
        "americanIndianOrAlaskaNative", "asian", "blackOrAfricanAmerican",
        "nativeHawaiianOrOtherPacificIslander", "white", "demographicRaceTwoOrMoreRaces",
    ];

    public static void Write(Roster roster, Demographics demographics, RowWriter row)
    {
        row.Common(demographics.SourcedId, roster.IsMarked(demographics.StudentIndex), roster.ModifiedAt(demographics.StudentIndex));
        row.Date("birthDate", demographics.BirthDate);
        row.Text("sex", demographics.Sex);
        for (int i = 0; i < Races.Length; i++)
            row.Flag(Races[i], i == demographics.RaceColumn);
        row.Flag("hispanicOrLatinoEthnicity", demographics.Hispanic);
        row.Text("countryOfBirthCode", demographics.CountryOfBirth);
        row.Text("stateOfBirthAbbreviation", demographics.StateOfBirth);
        row.Text("cityOfBirth", demographics.CityOfBirth);
        row.Text("publicSchoolResidenceStatus", demographics.ResidenceStatus);
    }
}
