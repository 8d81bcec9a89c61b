-- page, now, most pages, precision in seconds, when a new page is due -> how many pages were dropped
local page, now = ARGV[1], ARGV[2]
local worth, seen = worth_of(page)
if worth then
  if math.abs(tonumber(now) - tonumber(seen)) >= tonumber(ARGV[4]) then
    redis.call('ZADD', p .. WORTH[worth + 1], now, page)
  end
  if is_whole(page) then return 0 end
end
local dropped = redis.call('ZSCORE', p .. 'pages', page) and 0 or make_room(tonumber(ARGV[3]))
add(page, now, ARGV[5], ARGV[5], 0)
return dropped
