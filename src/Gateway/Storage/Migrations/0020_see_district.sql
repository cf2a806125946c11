-- The roster API says this in its own statement now: a function around it cost a third of a short page.
drop function gateway.see_district(integer, text);
