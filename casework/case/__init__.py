"""The BoomerGames case: its story, the student's exercise, and checks that never grade."""
