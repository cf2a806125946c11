using System.Reflection;
using Gateway.Storage;

namespace Gateway.Tests.House;

/// <summary>That a type of ours uses a type, or a method of it.</summary>
/// <param name="By">The type that uses; a nested one (a lambda's, an iterator's, an async method's) stands for itself.</param>
/// <param name="Of">What is used: no array, no pointer, and a generic type without its arguments.</param>
/// <param name="Method">The method's name, when a body calls it.</param>
internal readonly record struct Use(Type By, Type Of, string? Method = null)
{
    public override string ToString() => $"{By.FullName} uses {Of.FullName}{(Method is null ? "" : "." + Method)}";
}

/// <summary>
/// Who uses what in an assembly: bodies, signatures, fields, base types, interfaces, constraints and attributes. Two things leave no
/// trace in compiled code and are not seen: constants and <c>nameof</c>.
/// </summary>
internal static class Uses
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Lazy<IReadOnlyList<Use>> InGateway = new(() => In(typeof(GatewayDatabase).Assembly));

    /// <summary>The uses in the gateway's assembly, read once.</summary>
    public static IReadOnlyList<Use> OfGateway => InGateway.Value;

    public static IReadOnlyList<Use> In(Assembly assembly) => [.. assembly.GetTypes().SelectMany(Of).Distinct()];

    public static IEnumerable<Use> Of(Type type)
    {
        IEnumerable<Type?> plain =
        [
            type.BaseType,
            .. type.GetInterfaces(),
            .. type.GetFields(Declared).Select(field => field.FieldType),
            .. type.GetProperties(Declared).Select(property => property.PropertyType),
            .. type.GetGenericArguments().SelectMany(argument => argument.GetGenericParameterConstraints()),
            .. AttributesOf(type),
            .. type.GetMembers(Declared).Where(member => member is not Type).SelectMany(AttributesOf),
        ];
        foreach (var used in plain.SelectMany(Parts))
            yield return new Use(type, used);
        foreach (var method in type.GetMethods(Declared).Cast<MethodBase>().Concat(type.GetConstructors(Declared)))
            foreach (var use in Of(type, method))
                yield return use;
    }

    private static IEnumerable<Use> Of(Type type, MethodBase method)
    {
        var body = method.GetMethodBody();
        IEnumerable<Type?> named =
        [
            .. method.GetParameters().Select(parameter => parameter.ParameterType),
            .. method.GetParameters().SelectMany(parameter => Types(parameter.GetCustomAttributesData())),
            (method as MethodInfo)?.ReturnType,
            .. body?.LocalVariables.Select(variable => variable.LocalType) ?? [],
            .. body?.ExceptionHandlingClauses.Where(clause => clause.Flags == ExceptionHandlingClauseOptions.Clause).Select(clause => clause.CatchType) ?? [],
            .. method.IsGenericMethod ? method.GetGenericArguments().SelectMany(argument => argument.GetGenericParameterConstraints()) : [],
        ];
        foreach (var used in named.SelectMany(Parts))
            yield return new Use(type, used);
        foreach (var member in IntermediateCode.MembersOf(method))
            foreach (var use in Of(type, member))
                yield return use;
    }

    private static IEnumerable<Use> Of(Type type, MemberInfo member)
    {
        if (member is MethodBase { DeclaringType: { } owner } called)
        {
            foreach (var used in Parts(owner))
                yield return new Use(type, used);
            yield return new Use(type, Plain(owner), called.Name);
        }

        IEnumerable<Type?> named = member switch
        {
            Type used => [used],
            FieldInfo field => [field.DeclaringType, field.FieldType],
            MethodInfo method => [method.ReturnType, .. method.IsGenericMethod ? method.GetGenericArguments() : []],
            _ => [],
        };
        foreach (var used in named.SelectMany(Parts))
            yield return new Use(type, used);
    }

    private static IEnumerable<Type> AttributesOf(MemberInfo member) => Types(member.GetCustomAttributesData());

    private static IEnumerable<Type> Types(IEnumerable<CustomAttributeData> attributes) => attributes.SelectMany(attribute =>
        attribute.ConstructorArguments.Concat(attribute.NamedArguments.Select(named => named.TypedValue))
            .Select(argument => argument.Value)
            .OfType<Type>()
            .Prepend(attribute.AttributeType));

    /// <summary>The types that a type is built of: what an array holds, a generic type and its arguments.</summary>
    private static IEnumerable<Type> Parts(Type? type)
    {
        while (type is { HasElementType: true })
            type = type.GetElementType();
        if (type is null or { IsGenericParameter: true })
            return [];
        return type.GetGenericArguments().Where(argument => argument != type).SelectMany(Parts).Prepend(Plain(type));
    }

    private static Type Plain(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;
}
