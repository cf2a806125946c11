using Browser.Tests.Browsing;
using Gateway.Stage;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Launches;

[Collection(SiteCollection.Name)]
public sealed class LaunchTests(Site site)
{
    [Fact]
    [Trait("Requirement", "L-3.3")]
    public async Task Student_signs_in_clicks_answers_and_finds_the_score_in_the_gradebook()
    {
        await using var visit = await site.NewVisitAsync();
        var student = visit.Person("student-1");
        var course = await visit.SignInAsync(student.Login);
        await Visit.PictureAsync(course, "course");
        var tab = await visit.OpenActivityAsync(course);
        var engine = EnginePage.In(tab);

        await engine.LearnerIdAsync();
        await Expect(engine["role"]).ToHaveTextAsync("student");
        await Expect(engine["district"]).ToHaveTextAsync(TestStage.DistrictSlug);
        await Expect(engine["graded"]).ToBeVisibleAsync();
        EnginePage.ShouldNotKnow(student, await tab.ContentAsync());
        await Visit.PictureAsync(tab, "engine");

        await engine.AnswerAsync("3/6", "1/2", "3/10");
        await Expect(engine["score"]).ToHaveTextAsync("2 of 3");
        await engine.ScoreShouldArriveAsync();
        EnginePage.ShouldNotKnow(student, await tab.ContentAsync());
        await Visit.PictureAsync(tab, "engine-result");
        ShouldHaveToldTheEngineNothing(visit, student);

        await course.ReloadAsync();
        await Expect(course.GetByTestId("own-score")).ToContainTextAsync("2 / 3");
        visit.ShouldHaveBeenClean();

        await using var teachers = await site.NewVisitAsync();
        var gradebook = await OpenGradebookAsync(teachers);
        var row = gradebook.Locator($"[data-testid=grade-row][data-login={student.Login}]");
        await Expect(row.GetByRole(AriaRole.Rowheader)).ToHaveTextAsync(student.Name);
        await Expect(row.GetByTestId("score")).ToHaveTextAsync("2 / 3");
        await Visit.PictureAsync(gradebook, "gradebook");
        teachers.ShouldHaveBeenClean();
    }

    [Fact]
    [Trait("Requirement", "L-1.8")]
    public async Task Teacher_looks_at_the_practice_and_nothing_is_graded()
    {
        await using var visit = await site.NewVisitAsync();
        var gradebook = await OpenGradebookAsync(visit);
        var before = await gradebook.GetByTestId("score").AllInnerTextsAsync();
        await gradebook.GetByRole(AriaRole.Link, new() { Name = "Back to" }).ClickAsync();
        var tab = await visit.OpenActivityAsync(gradebook);
        var engine = EnginePage.In(tab);

        await engine.LearnerIdAsync();
        await Expect(engine["role"]).ToHaveTextAsync("teacher");
        await Expect(engine["not-graded"]).ToBeVisibleAsync();
        EnginePage.ShouldNotKnow(visit.Person("teacher"), await tab.ContentAsync());

        await engine.AnswerAsync("3/6", "1/2", "1/2");
        await Expect(engine["score"]).ToHaveTextAsync("3 of 3");
        await Expect(engine["delivery"]).ToHaveAttributeAsync("data-state", "not_graded");
        await gradebook.GetByTestId("gradebook-link").ClickAsync();
        await Expect(gradebook.GetByTestId("score")).ToHaveTextAsync(before);
        visit.ShouldHaveBeenClean();
    }

    [Fact]
    [Trait("Requirement", "L-1.3")]
    public async Task Going_back_and_clicking_again_is_a_new_launch_of_the_same_learner()
    {
        await using var visit = await site.NewVisitAsync();
        var page = await visit.SignInAsync("student-2");
        var courseUrl = page.Url;
        var link = page.GetByTestId("resource-link");
        // As somebody who opens links in the same tab: then there is a way back.
        await link.EvaluateAsync("link => link.removeAttribute('target')");
        await link.ClickAsync();
        var first = await EnginePage.In(page).LearnerIdAsync();
        var launches = await LaunchesAsync();

        await page.GoBackAsync();
        await Expect(page).ToHaveURLAsync(courseUrl);
        var tab = await visit.OpenActivityAsync(page);
        var second = await EnginePage.In(tab).LearnerIdAsync();

        Assert.Equal(first, second);
        Assert.Equal(launches + 1, await LaunchesAsync());
        visit.ShouldHaveBeenClean();
    }

    [Fact]
    [Trait("Requirement", "L-1.3")]
    public async Task Two_tabs_opened_at_once_do_not_disturb_each_other()
    {
        await using var visit = await site.NewVisitAsync();
        var course = await visit.SignInAsync("student-4");
        var opened = await Task.WhenAll(visit.OpenActivityAsync(course), visit.OpenActivityAsync(course));
        Assert.Equal(await EnginePage.In(opened[0]).LearnerIdAsync(), await EnginePage.In(opened[1]).LearnerIdAsync());
        visit.ShouldHaveBeenClean();
    }

    [Fact]
    public async Task Course_and_practice_fit_a_narrow_phone()
    {
        await using var visit = await site.NewVisitAsync();
        var course = await visit.SignInAsync("student-6");
        await ShouldFitAsync(course, "course-320");
        var tab = await visit.OpenActivityAsync(course);
        await EnginePage.In(tab).LearnerIdAsync();
        await ShouldFitAsync(tab, "engine-320");
        visit.ShouldHaveBeenClean();

        static async Task ShouldFitAsync(IPage page, string picture)
        {
            await page.SetViewportSizeAsync(320, 640);
            await Visit.PictureAsync(page, picture);
            Assert.Equal(320, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }
    }

    private static async Task<IPage> OpenGradebookAsync(Visit visit)
    {
        var course = await visit.SignInAsync("teacher");
        await course.GetByTestId("gradebook-link").ClickAsync();
        await Expect(course.GetByTestId("gradebook")).ToBeVisibleAsync();
        return course;
    }

    // What the browser carries to the engine, addresses and forms, is as empty of the person as what the engine shows.
    private void ShouldHaveToldTheEngineNothing(Visit visit, Samples.Lms.LmsPerson person)
    {
        var carried = visit.Requests.Where(request => request.Url.StartsWith(site.Stage.EngineUrl, StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(carried);
        Assert.All(carried, request => EnginePage.ShouldNotKnow(person, Uri.UnescapeDataString(request.Url) + request.PostData));
    }

    private Task<long> LaunchesAsync() => site.Stage.Database.AskAsync<long>("select count(*) from gateway.launch");
}
